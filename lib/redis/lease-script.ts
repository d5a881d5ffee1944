/**
 * The one script of a shared budget. A process tells it what it still holds and what has ended, and is given requests to send (a lease),
 * places in limited operations, and retries. Nothing is kept in the processes that Redis would have to believe: what a process holds
 * is stated in full each time, so that a lost reply, a restart of Redis or foreign content of a key heals with the next call.
 *
 * All times are those of Redis, in milliseconds; processes state and are told durations only, so no clocks are compared.
 *
 * Of the quota, some requests are kept free: what others who know nothing of this budget are likely to send in the rest of the window.
 * While more than half of it is left nobody waits; then leases are spread over the window. Whoever gets nothing is told when to ask
 * again: hardly anybody before the window ends.
 *
 * KEYS: the quota (hash); processes by when they were last heard (sorted set); what each holds (hash); places in operations
 * (hash); processes by when they count as gone, those that wait included (sorted set).
 * ARGV: see `argumentsOf` in lease-client.ts. Reply: see `replyOf` there.
 */
export const LEASE = `
for at, kind in ipairs({'hash', 'zset', 'hash', 'hash', 'zset'}) do
  local found = redis.call('TYPE', KEYS[at]).ok
  if found ~= kind and found ~= 'none' then redis.call('DEL', KEYS[at]) end
end
local function number(text, otherwise)
  local value = tonumber(text)
  if value and value == value and value > -1e13 and value < 1e13 then return value end
  return otherwise
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local me = ARGV[1]
local arg = {}
for at = 2, 15 do arg[at] = tonumber(ARGV[at]) end
local held, interactive, bulk, ended, lost, told = arg[2], arg[3], arg[4], arg[5], arg[6], arg[7]
local GONE = 4000
local LOT = 6

-- 1. Processes. Whoever was not heard of for some seconds is gone, and so is what it held.
redis.call('ZADD', KEYS[2], now, me)
redis.call('ZREMRANGEBYSCORE', KEYS[2], now + 1000, '+inf')
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - GONE)
if #gone > 0 then redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - GONE) end
-- Those who wait say nothing meanwhile, and will want something: they count until it is past the time at which they were to ask.
redis.call('ZADD', KEYS[5], now + GONE, me)
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now)
local procs = math.max(1, redis.call('ZCARD', KEYS[5]))

local names = {'quota', 'window', 'ends', 'left', 'own', 'total', 'foreign', 'silent', 'paused', 'retries', 'retriesAt', 'lates', 'watch', 'guessed', 'line', 'lots', 'watcher'}
local stored = redis.call('HMGET', KEYS[1], unpack(names))
local h = {}
for at, name in ipairs(names) do h[name] = number(stored[at]) end
local watcher = stored[#names]
local left, own, total, lates = h.left or 0, h.own or 0, h.total or 0, h.lates or 0
local line, lots = math.max(0, math.min(h.line or 0, 1e6)), math.max(0, h.lots or 0)
local isGuessed = h.guessed == 1
local quota, window, ends = h.quota, h.window or 0, h.ends or 0
if quota and (quota < 0 or window < 1 or ends > now + math.max(window, 60000) + 1000) then quota = nil end

local previous = number(redis.call('HGET', KEYS[3], me), 0)
total = total - previous + held
if held > 0 then redis.call('HSET', KEYS[3], me, held) elseif previous ~= 0 then redis.call('HDEL', KEYS[3], me) end
local function recount()
  total = 0
  local all = redis.call('HGETALL', KEYS[3])
  for at = 1, #all, 2 do
    if redis.call('ZSCORE', KEYS[2], all[at]) then total = total + math.max(0, number(all[at + 1], 0))
    else redis.call('HDEL', KEYS[3], all[at]) end
  end
end
if #gone > 0 or total < held then recount() end

-- 2. The window. Foreign use of a window is remembered as a mean that halves.
local foreign = h.foreign
local function closeWindow()
  foreign = (foreign or quota * 0.2) * 0.5 + 0.5 * math.max(0, quota - left - own - total)
  own, lates = 0, 0
  line = math.max(0, line - lots)
  recount()
end
if quota and now >= ends then
  closeWindow()
  left = quota
  -- After a pause of everybody others may have used all of it: as good as unknown.
  if now >= ends + window and total - held <= 0 and ended == 0 then quota = nil
  else
    ends = ends + window * math.ceil((now - ends + 1) / window)
    isGuessed = true
  end
end
left = math.max(0, left - lost)

-- 3. What responses say. Those of a window that is over say nothing of this one. Delays make its end appear later, never sooner.
local silent = h.silent == 1
if told == 2 then silent = true end
if told == 1 then
  silent = false
  local q, l, w, at = arg[8], arg[9], arg[10], now + arg[11]
  if w < 1 then w = math.max(1, arg[11]) end
  if not quota or at > ends + w / 4 then
    if quota then closeWindow() end
    left, own, ends, isGuessed = l, ended, at, false
  elseif at > ends - w / 4 then
    left = math.min(left, l)
    own = own + ended
    ends = isGuessed and at or math.min(ends, at)
    isGuessed = false
  end
  if arg[12] == 1 and at > ends - w / 4 then
    left = 0
    ends = math.max(ends, at)
  end
  quota, window = q, w
end
local paused = math.min(h.paused or 0, now + 60000)
if arg[13] > 0 then paused = math.max(paused, now + arg[13]) end

-- 4. Requests: { given at once, given, wait for the first, gap between them, ask again in }
local atOnce, give, wait, gap, again = 0, 0, 0, 0, 0
local want = interactive + bulk
if want > 0 and paused > now then again = paused - now + 1
elseif want > 0 and silent and not quota then atOnce, give = want, want
elseif want > 0 and not quota then
  give = math.min(want, math.max(0, 4 - total))
  atOnce = give
  if give < want then again = 30 + 4 * procs end
elseif want > 0 then
  local rest = math.max(0, ends - now) / window
  local used = math.max(0, quota - left - own - total)
  local likely = math.max(foreign or quota * 0.2, used / math.max(0.2, 1 - rest)) * rest
  local isLate = ends - now < window * 0.07
  local keep = math.min(quota / 2, 2 + math.ceil(math.max(isLate and 0 or used * 0.06, likely * 1.1 + 1.3 * math.sqrt(likely))))
  -- Interactive calls may use most of what bulk work leaves free, and wait for nothing that is there.
  local keepLess = math.min(quota / 4, math.ceil(likely))
  atOnce = math.max(0, math.min(interactive, math.floor(left - total - keepLess)))
  local free = math.floor(left - total - atOnce - keep)
  local share = 0
  -- Many more processes than lots in a window take turns: a lease costs Redis the same, however small it is.
  lots = math.max(1, math.floor((quota - keep) / LOT * 1.1))
  local isCrowded = procs > lots
  if free > 0 and bulk > 0 and (free >= math.min(LOT, bulk) or isLate or not isCrowded) then
    share = math.min(bulk, math.max(LOT, math.ceil(free / procs)), free)
    if free < quota * 0.5 then
      local span = math.min(1, share * procs / free) * (ends - now) * 0.9
      local phase = ((now * 7919 + total * 104729) % 1000) / 1000
      gap = span / share
      if procs > lots / 3 then
        -- All of a lease together, so that one report tells of it. Others go at other times.
        gap = math.min(gap, window / 200)
        wait = (span - gap * share) * phase
      else wait = gap * phase end
    end
  end
  give = atOnce + share
  if want > give and free - share <= math.max(0, procs - quota / 8) then
    local late = ends - window * 0.06
    if now < late and lates < keep / 4 then
      -- What was kept for others and not used serves a few more shortly before the end.
      again = late - now
      lates = lates + 1
    else
      again = ends - now + 1
      -- They stand in line for the windows to come: who has been served goes to its end.
      if give == 0 and interactive == 0 and isCrowded then
        again = again + window * math.floor(line / lots)
        line = math.min(line + 1, procs)
      end
    end
  elseif want > give and give == 0 then again = 5 end
end
total = total + give
local mine = held + give
if again > 0 then redis.call('ZADD', KEYS[5], now + again + GONE, me) end
if give > 0 then redis.call('HSET', KEYS[3], me, mine) end
-- One of those who wait looks whether a process is gone that holds what the others wait for.
local watch = h.watch or 0
if again > GONE and total > mine and (watch <= now or watcher == me) then
  if watch <= now or watch > now + GONE + 50 then watch = now + GONE + 50 end
  watcher = me
  again = watch - now
end

-- 5. Retries: a bucket that successes and time refill.
local retries = math.min(50, math.max(0, h.retries or 50) + math.max(0, math.min(1e6, now - (h.retriesAt or now))) * 0.0002 + arg[15] * 0.2)
local mayRetry = math.min(arg[14], math.floor(retries))
retries = retries - mayRetry

-- 6. Places in limited operations: per operation its name, limit, places held, places wanted.
local places = {}
local others, first = {}, {}
local all = (#ARGV > 15 or #gone > 0) and redis.call('HGETALL', KEYS[4]) or {}
for at = 1, #all, 2 do
  local operation, owner = string.match(all[at], '^(.*)\\n(.*)$')
  if not owner then first[all[at]] = all[at + 1]
  elseif not redis.call('ZSCORE', KEYS[2], owner) then redis.call('HDEL', KEYS[4], all[at])
  elseif owner ~= me then others[operation] = (others[operation] or 0) + math.max(0, number(all[at + 1], 0)) end
end
for at = 16, #ARGV, 4 do
  local name, limit, has, wants = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  -- The process that was refused first is served first, unless it has not asked again for a while.
  local since, who = string.match(first[name] or '', '^(%d+) (.*)$')
  local isReserved = since and who ~= me and number(since, 0) > now - 600
  local granted = math.max(0, math.min(wants, limit - has - (others[name] or 0) - (isReserved and 1 or 0)))
  if who == me and granted > 0 then redis.call('HDEL', KEYS[4], name) end
  if wants > granted and not isReserved then redis.call('HSET', KEYS[4], name, now .. ' ' .. me) end
  local field = name .. '\\n' .. me
  if has + granted > 0 then redis.call('HSET', KEYS[4], field, has + granted) else redis.call('HDEL', KEYS[4], field) end
  places[#places + 1] = granted
end

-- 7. What is remembered.
local fields = {'total', total, 'own', own, 'left', left, 'ends', ends, 'window', window, 'lates', lates, 'silent', silent and 1 or 0,
  'paused', paused, 'retries', tostring(retries), 'retriesAt', now, 'watch', watch, 'watcher', watcher or '', 'guessed', isGuessed and 1 or 0,
  'line', line, 'lots', lots}
if foreign then fields[#fields + 1] = 'foreign' fields[#fields + 1] = tostring(foreign) end
if quota then fields[#fields + 1] = 'quota' fields[#fields + 1] = quota else redis.call('HDEL', KEYS[1], 'quota') end
redis.call('HSET', KEYS[1], unpack(fields))
for at = 1, 5 do redis.call('PEXPIRE', KEYS[at], 600000) end
return {atOnce, give, math.floor(wait), math.floor(gap), math.ceil(again), quota and math.max(0, math.floor(ends - now)) or -1,
  quota or -1, left, math.floor(window), math.max(0, total - mine), procs, math.max(0, paused - now), mayRetry, retries >= 50 and 1 or 0,
  unpack(places)}`;
