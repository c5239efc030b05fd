-- Take articles into the stream, each version once.
--
-- KEYS[1]   the stream
-- KEYS[2…]  per article: the key that remembers its versions
-- ARGV[1]   entries the stream may hold    ARGV[2]  how long a version is remembered, in ms
-- ARGV[3…]  per article: content hash, id of the message, type of the message, the message
--
-- Returns, per article, 1 accepted, 0 known, -1 refused because the stream is full. The addition
-- comes before the remembering: if it is refused (memory, disk), the article is not taken for known.
local stream, length_max, ttl_ms = KEYS[1], tonumber(ARGV[1]), ARGV[2]
local results, at = {}, 3
for i = 2, #KEYS do
  local hash = ARGV[at]
  if redis.call('SISMEMBER', KEYS[i], hash) == 1 then
    results[i - 1] = 0
  elseif redis.call('XLEN', stream) >= length_max then
    results[i - 1] = -1
  else
    redis.call('XADD', stream, '*', 'id', ARGV[at + 1], 'type', ARGV[at + 2], 'data', ARGV[at + 3])
    redis.call('SADD', KEYS[i], hash)
    redis.call('PEXPIRE', KEYS[i], ttl_ms)
    results[i - 1] = 1
  end
  at = at + 4
end
return results
