-- What load scripts share in which two requests make one unit: the time of each pair. Run them with one thread per connection:
-- request() and response() then take strict turns, so that the times are exact.
dofile("measured.lua")

local ffi = require("ffi")
ffi.cdef [[ typedef struct { long sec; long nsec; } bench_timespec; int clock_gettime(int clock, bench_timespec *out); ]]
local moment = ffi.new("bench_timespec")
function micros()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.sec) * 1e6 + tonumber(moment.nsec) / 1e3
end

-- latencies: bucket of 100 microseconds -> number of pairs
pair_times, pairs_done = {}, 0

local pair_began
function begin_pair() pair_began = micros() end

function end_pair()
  local bucket = math.floor((micros() - pair_began) / 100)
  pair_times[bucket] = (pair_times[bucket] or 0) + 1
  pairs_done = pairs_done + 1
end

local number_of_threads = 0
local remember = setup
function setup(thread)
  remember(thread)
  number_of_threads = number_of_threads + 1
  thread:set("seed", number_of_threads + os.time())
  thread:set("number", number_of_threads)
end

-- all threads' times, by bucket; each is fetched once: wrk never gives back the room a fetched value takes
local function collect()
  local sum = { total = 0, last = 0, buckets = {} }
  each_thread(function(thread)
    for bucket, number_of_pairs in pairs(thread:get("pair_times")) do
      sum.buckets[bucket] = (sum.buckets[bucket] or 0) + number_of_pairs
      sum.total = sum.total + number_of_pairs
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
  local total = 0
  each_thread(function(thread) total = total + thread:get("pairs_done") end)
  report(summary, latency, string.format(',"pairs":%d,"pairP99":%d', total, percentile(collect(), 0.99)))
end
