-- Put one dead letter back into the stream it came from, and remove it from the dead letters.
--
-- KEYS[1]  the dead-letter stream    KEYS[2]  the stream it came from
-- ARGV[1]  id of the dead letter     ARGV[2…] names of the fields that belong to the message itself
--
-- Returns the new entry's id, or false where the dead letter is gone (requeued by someone else).
local found = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
if #found == 0 then
  return false
end
local wanted = {}
for i = 2, #ARGV do
  wanted[ARGV[i]] = true
end
local kept, fields = {}, found[1][2]
for i = 1, #fields, 2 do
  if wanted[fields[i]] then
    kept[#kept + 1] = fields[i]
    kept[#kept + 1] = fields[i + 1]
  end
end
local id = redis.call('XADD', KEYS[2], '*', unpack(kept))
redis.call('XDEL', KEYS[1], ARGV[1])
return id
