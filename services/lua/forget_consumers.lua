-- Remove consumers of a group that hold nothing and are gone.
--
-- KEYS[1]  the stream
-- ARGV[1]  the group    ARGV[2]  how long a consumer must have been silent, in ms
-- ARGV[3…] names of consumers that say goodbye: removed at once
--
-- Returns the number removed. A consumer with pending entries is never removed: they would be lost.
-- A stream that the server lost has no consumers.
local stream, group, silent_ms = KEYS[1], ARGV[1], tonumber(ARGV[2])
if redis.call('EXISTS', stream) == 0 then
  return 0
end
local leaving = {}
for i = 3, #ARGV do
  leaving[ARGV[i]] = true
end
local removed = 0
for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', stream, group)) do
  local consumer = {}
  for i = 1, #row, 2 do
    consumer[row[i]] = row[i + 1]
  end
  if consumer['pending'] == 0 and (leaving[consumer['name']] or consumer['idle'] >= silent_ms) then
    redis.call('XGROUP', 'DELCONSUMER', stream, group, consumer['name'])
    removed = removed + 1
  end
end
return removed
