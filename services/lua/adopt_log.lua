-- Make the stream of updates tell of a log; one that tells of another log is emptied.
--
-- KEYS[1]  the stream                 KEYS[2]  the highest id that the length cap removed
-- KEYS[3]  the id of the log that the stream tells of
-- ARGV[1]  the log's id               ARGV[2]  the position below which nothing will be published
--                                             if the stream starts anew
--
-- Returns {fresh, last}: whether the server knew nothing of this log (it lost its data, or served
-- another log), and the position of the last update in the stream.
local stream, trimmed_key, log_key = KEYS[1], KEYS[2], KEYS[3]
local fresh = redis.call('GET', log_key) ~= ARGV[1]
if fresh then
  redis.call('DEL', stream)
  redis.call('SET', trimmed_key, ARGV[2] .. '-0')
  redis.call('SET', log_key, ARGV[1])
end
local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)
if #last == 1 then
  return {fresh and 1 or 0, last[1][1]}
end
return {fresh and 1 or 0, redis.call('GET', trimmed_key) or '0-0'}
