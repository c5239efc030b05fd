-- Renew the deliveries that a consumer still holds, so that nobody takes them over meanwhile.
--
-- KEYS[1]  the stream
-- ARGV[1]  the group    ARGV[2]  the consumer    ARGV[3…]  ids of entries
--
-- Returns the number renewed. An entry that another consumer has claimed is left to it. JUSTID
-- leaves the count of deliveries as it is.
local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local kept = 0
for i = 3, #ARGV do
  local id = ARGV[i]
  if #redis.call('XPENDING', stream, group, id, id, 1, consumer) == 1 then
    redis.call('XCLAIM', stream, group, consumer, 0, id, 'JUSTID')
    kept = kept + 1
  end
end
return kept
