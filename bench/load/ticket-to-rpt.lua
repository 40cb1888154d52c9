-- A permission ticket, then the RPT for it: POST PERMISSION_PATH (JSON, PAT) and POST TOKEN_PATH (form, client).
-- Run it with one thread per connection: request() and response() then take strict turns, so that the time of each
-- kind of request, and of the pair, is exact. A resource is drawn at random for each ticket: from IDS_FILE (one id a
-- line), or from the RESOURCES seeded ids, which resource_id() makes just as bench/contenders/resource-seed.mjs does.
dofile("measured.lua")

local ffi = require("ffi")
ffi.cdef [[ typedef struct { long sec; long nsec; } bench_timespec; int clock_gettime(int clock, bench_timespec *out); ]]
local moment = ffi.new("bench_timespec")
local function micros()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.sec) * 1e6 + tonumber(moment.nsec) / 1e3
end

local permission_path, token_path = os.getenv("PERMISSION_PATH"), os.getenv("TOKEN_PATH")
local permission_headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("PAT") }
local token_headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Authorization"] = os.getenv("AUTHORIZATION") }
local scope, count, ids = os.getenv("SCOPE"), tonumber(os.getenv("RESOURCES") or "0"), {}

-- latencies by kind: bucket of 100 microseconds -> number of requests
permission_times, token_times, pair_times, pairs_done = {}, {}, {}, 0

local ticket, began, pair_began

-- 2654435761 is odd, so the product modulo 2^32 is different for every n: ids are spread as random ones are
local function resource_id()
  if #ids > 0 then return ids[math.random(#ids)] end
  local n = math.random(count)
  return string.format("%08x-bench-%07d", (n * 2654435761) % 4294967296, n)
end

local function keep(times, elapsed)
  local bucket = math.floor(elapsed / 100)
  times[bucket] = (times[bucket] or 0) + 1
end

local number_of_threads = 0
local remember = setup
function setup(thread)
  remember(thread)
  number_of_threads = number_of_threads + 1
  thread:set("seed", number_of_threads + os.time())
end

function init()
  math.randomseed(seed)
  if os.getenv("IDS_FILE") then for id in io.lines(os.getenv("IDS_FILE")) do ids[#ids + 1] = id end end
end

function request()
  began = micros()
  if ticket then
    return wrk.format("POST", token_path, token_headers,
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Auma-ticket&ticket=" .. ticket)
  end
  pair_began = began
  return wrk.format("POST", permission_path, permission_headers,
    string.format('{"resource_id":"%s","resource_scopes":["%s"]}', resource_id(), scope))
end

function response(status, _, body)
  local now = micros()
  if ticket then
    ticket = nil
    if good(status, body, '"access_token"') then
      keep(token_times, now - began)
      keep(pair_times, now - pair_began)
      pairs_done = pairs_done + 1
    end
  elseif good(status, body, '"ticket"') then
    ticket = body:match('"ticket":%s*"([^"]+)"')
    keep(permission_times, now - began)
  end
end

-- all threads' times of one kind, by bucket; each is fetched once: wrk never gives back the room a fetched value takes
local function collect(name)
  local sum = { total = 0, last = 0, buckets = {} }
  each_thread(function(thread)
    for bucket, number in pairs(thread:get(name)) do
      sum.buckets[bucket] = (sum.buckets[bucket] or 0) + number
      sum.total = sum.total + number
      if bucket > sum.last then sum.last = bucket end
    end
  end)
  return sum
end

-- the p-th part (0..1) of the times, in microseconds
local function percentile(times, p)
  local seen = 0
  for bucket = 0, times.last do
    seen = seen + (times.buckets[bucket] or 0)
    if seen >= times.total * p then return (bucket + 1) * 100 end
  end
  return 0
end

function done(summary, latency)
  local rpts = 0
  each_thread(function(thread) rpts = rpts + thread:get("pairs_done") end)
  local permission, token, pair = collect("permission_times"), collect("token_times"), collect("pair_times")
  report(summary, latency, string.format(',"rpts":%d,"permissionP99":%d,"tokenP99":%d,"pairP50":%d,"pairP99":%d',
    rpts, percentile(permission, 0.99), percentile(token, 0.99), percentile(pair, 0.5), percentile(pair, 0.99)))
end
