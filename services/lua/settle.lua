-- Acknowledge entries and add what follows from them: all of one entry, or nothing of it.
--
-- KEYS[1]   the stream that was read
-- KEYS[2…]  the streams that are added to
-- ARGV[1]   the consumer group
-- ARGV[2…]  per entry: its id, the number of outputs, and per output: the index of its stream in
--           KEYS, the number of its fields and values, and those
--
-- Returns, per entry, 1 where this call settled it and 0 where another had done so before.
-- Only an entry that is still pending is settled, so a late second worker changes nothing. The
-- additions come before the acknowledgement: if one is refused (memory, disk), the entry stays
-- pending, and the script can be called again.
local source, group = KEYS[1], ARGV[1]
local results, at = {}, 2
while at <= #ARGV do
  local id, outputs = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  local pending = #redis.call('XPENDING', source, group, id, id, 1) == 1
  for _ = 1, outputs do
    local key, size = KEYS[tonumber(ARGV[at])], tonumber(ARGV[at + 1])
    if pending then
      redis.call('XADD', key, '*', unpack(ARGV, at + 2, at + 1 + size))
    end
    at = at + 2 + size
  end
  if pending then
    redis.call('XACK', source, group, id)
  end
  results[#results + 1] = pending and 1 or 0
end
return results
