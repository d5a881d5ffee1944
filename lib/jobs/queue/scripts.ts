/**
 * The scripts that keep a partition in Redis. Whoever writes has claimed the partition, under a fence, for as long as its lease runs by the
 * clock of Redis. A step is kept as a whole, by one script, or not at all.
 *
 * The hash of a partition: `fence`, `until` (the end of the lease; 0 if it was given back in order, 1 if not), `length` (of the lease, in
 * ms: one that ends later than that was given before the clock was set back, and is shortened), `seq` (number of the last
 * step), `cp` (checkpoint), `intent`, `claims` and `deaths` (since the last step), `master` (the Redis of the last claim). Runs have a `master`
 * too, and `since` when it is another one than at first. `was` is the state in which a run that was opened again ends, if that is not `completed`.
 */
const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** What tells a Redis from the replica that takes its place; nothing where Redis does not say. */
const MASTER = `local replication = redis.pcall('INFO', 'replication')
local master = type(replication) == 'string' and string.match(replication, 'master_replid:(%x+)') or ''
`;

/**
 * KEYS: partition, run. ARGV: fence, lease in ms, seconds. A Redis that has been up for fewer seconds may have forgotten a claim whose
 * holder still writes, if the run was started before it; so may a replica that has taken the place of the Redis of the claim before, or for
 * so many seconds that of the run. The last value tells.
 */
export const CLAIM = `${NOW}${MASTER}
local lease = tonumber(redis.call('HGET', KEYS[1], 'until')) or 0
if lease > now and redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then
  local length = tonumber(redis.call('HGET', KEYS[1], 'length') or ARGV[2])
  if lease - now > length then
    lease = now + length
    redis.call('HSET', KEYS[1], 'until', lease)
  end
  return {'wait', lease - now}
end
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'until', now + ARGV[2], 'length', ARGV[2])
local claims = redis.call('HINCRBY', KEYS[1], 'claims', 1)
if lease > 1 then redis.call('HINCRBY', KEYS[1], 'deaths', 1) end
local known = redis.call('HMGET', KEYS[1], 'cp', 'intent', 'seq', 'deaths')
local info = redis.pcall('INFO', 'server')
local up = type(info) == 'string' and tonumber(string.match(info, 'uptime_in_seconds:(%d+)'))
local created = tonumber(redis.call('HGET', KEYS[2], 'created')) or now
local forgot = up and up < tonumber(ARGV[3]) and created <= now - up * 1000
local first = redis.call('HGET', KEYS[2], 'master')
if first and first ~= master then redis.call('HSET', KEYS[2], 'master', master, 'since', now) end
local since = tonumber(redis.call('HGET', KEYS[2], 'since')) or 0
local before = redis.call('HGET', KEYS[1], 'master')
if before and before ~= master or not before and now - since < ARGV[3] * 1000 then forgot = true end
redis.call('HSET', KEYS[1], 'master', master)
return {'ok', lease, claims, known[1] or '', known[2] or '', known[3] or '0', redis.call('HGET', KEYS[2], 'state') or '', known[4] or '0', forgot and 1 or 0}`;

/** KEYS: partition, run, log, failures. ARGV: fence, lease in ms, number, checkpoint, intent, log, what became of it, most failures, failures… */
export const COMMIT = `${NOW}
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return {0, ''} end
local state = redis.call('HGET', KEYS[2], 'state') or ''
if redis.call('HGET', KEYS[1], 'seq') == ARGV[3] then return {1, state} end
local log = ARGV[6]
if log == 'intent' then log = redis.call('HGET', KEYS[1], 'intent') or '' end
if log ~= '' then redis.call('RPUSH', KEYS[3], ARGV[7] .. '\\n' .. log) end
for at = 9, #ARGV do redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[8], '*', 'failure', ARGV[at]) end
redis.call('HSET', KEYS[1], 'until', now + ARGV[2], 'seq', ARGV[3], 'cp', ARGV[4], 'intent', ARGV[5], 'claims', 0, 'deaths', 0)
return {1, state}`;

/** KEYS: partition. ARGV: fence, lease in ms. */
export const TOUCH = `${NOW}
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', now + ARGV[2])
return 1`;

/** KEYS: partition. ARGV: fence, whether it is in order. */
export const FREE = `
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'until', 0, 'claims', 0, 'deaths', 0) else redis.call('HSET', KEYS[1], 'until', 1) end
return 1`;

/** Starts a run, unless it is there. KEYS: run. ARGV: names and values. Returns what is there. */
export const START_RUN = `${MASTER}
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('HSET', KEYS[1], 'master', master, unpack(ARGV)) end
return redis.call('HGETALL', KEYS[1])`;

/** Keeps the plan of a store, unless there is one. KEYS: stores. ARGV: store, plan. Returns what is kept. */
export const PLAN = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and known ~= '' then return known end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]`;

/** Ends a store; the last one ends the run. KEYS: run, stores, ended stores. ARGV: store. Returns 1 if the run has ended. */
export const END_STORE = `
redis.call('SADD', KEYS[3], ARGV[1])
if redis.call('SCARD', KEYS[3]) < redis.call('HLEN', KEYS[2]) then return 0 end
if redis.call('HGET', KEYS[1], 'state') ~= 'cancelled' then
  redis.call('HSET', KEYS[1], 'state', redis.call('HGET', KEYS[1], 'was') or 'completed')
end
return 1`;

/**
 * Opens a store of a run again, unless somebody else has given it another plan. A row is tried again once, and a checkpoint is replaced only
 * by who has seen it. KEYS: run, stores, ended stores, failures, failures that were retried, rows to try again, partitions… ARGV: store,
 * plan that was seen, plan, number of partitions, checkpoint that was seen and checkpoint of each, id and text of each row… Returns 1 if it is open.
 */
export const REOPEN = `
if (redis.call('HGET', KEYS[2], ARGV[1]) or '') ~= ARGV[2] then return 0 end
local at = 5
for part = 7, 6 + ARGV[4] do
  if redis.call('HGET', KEYS[part], 'cp') == ARGV[at] then redis.call('HSET', KEYS[part], 'cp', ARGV[at + 1], 'claims', 0, 'deaths', 0) end
  at = at + 2
end
for row = at, #ARGV, 2 do
  if redis.call('SADD', KEYS[5], ARGV[row]) == 1 then redis.call('RPUSH', KEYS[6], ARGV[row + 1]) end
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('SREM', KEYS[3], ARGV[1])
if redis.call('HGET', KEYS[1], 'state') == 'cancelled' then redis.call('HSET', KEYS[1], 'was', 'cancelled') end
redis.call('HSET', KEYS[1], 'state', 'running')
for key = 1, 5 do redis.call('PERSIST', KEYS[key]) end
return 1`;

/** Ends a partition that nobody will work. KEYS: partition. ARGV: checkpoint that was seen, checkpoint. */
export const END_PART = `
if (redis.call('HGET', KEYS[1], 'cp') or '') == ARGV[1] then redis.call('HSET', KEYS[1], 'cp', ARGV[2], 'intent', '') end
return 1`;

/** Moves a run from one state to another. KEYS: run. ARGV: state, those it may be in… Returns the state. */
export const SET_STATE = `
local state = redis.call('HGET', KEYS[1], 'state') or ''
for at = 2, #ARGV do
  if state == ARGV[at] then
    redis.call('HSET', KEYS[1], 'state', ARGV[1])
    return ARGV[1]
  end
end
return state`;
