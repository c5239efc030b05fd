-- Publish updates in order, each under an id of its own, and keep the stream at its length.
--
-- KEYS[1]  the stream                 KEYS[2]  the highest id that the length cap removed
-- KEYS[3]  the id of the log that the stream tells of
-- ARGV[1]  the log's id               ARGV[2]  entries the stream may hold
-- ARGV[3…] per update: its entry id, the id of the message, its type, the message
--
-- Returns {published, problem}. Stops at the first update that cannot be added, so that none is
-- overtaken by a later one. A refused id counts as published only if its entry is there or lies at
-- or below what the cap removed; else the problem says why not.
local stream, trimmed_key, log_key = KEYS[1], KEYS[2], KEYS[3]
if redis.call('GET', log_key) ~= ARGV[1] then
  return {0, 'another log'}
end

local function number(id)
  return tonumber(string.match(id, '^(%d+)'))
end

local published = 0
for at = 3, #ARGV, 4 do
  local id = ARGV[at]
  local reply = redis.pcall('XADD', stream, id, 'id', ARGV[at + 1], 'type', ARGV[at + 2], 'data', ARGV[at + 3])
  if type(reply) == 'table' and reply.err then
    local trimmed = redis.call('GET', trimmed_key)
    local there = #redis.call('XRANGE', stream, id, id) == 1
    if not there and not (trimmed and number(id) <= number(trimmed)) then
      return {published, reply.err}
    end
  end
  published = published + 1
end

local over = redis.call('XLEN', stream) - tonumber(ARGV[2])
if over > 0 then
  local oldest = redis.call('XRANGE', stream, '-', '+', 'COUNT', over)
  redis.call('SET', trimmed_key, oldest[#oldest][1])
  redis.call('XTRIM', stream, 'MAXLEN', ARGV[2])
end
return {published, ''}
