-- What every load script shares: the headers of a form POST, a check of each answer, and one JSON line at the end.
-- Read from the environment: AUTHORIZATION (header value), EXPECT (plain text each answer must hold), BODY (form body).
-- An answer is good when its status is 200 or 201 and it holds EXPECT; anything else is counted in "wrong".

local threads = {}

wrong, first_wrong = 0, ""
local expected = os.getenv("EXPECT") or ""

wrk.method = "POST"
wrk.body = os.getenv("BODY") or ""
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
if os.getenv("AUTHORIZATION") then wrk.headers["Authorization"] = os.getenv("AUTHORIZATION") end

-- true when the answer is a good one; remembers the first bad one for the message to the reader
function good(status, body, text)
  if (status == 200 or status == 201) and body:find(text or expected, 1, true) then return true end
  wrong = wrong + 1
  if first_wrong == "" then first_wrong = status .. " " .. body:sub(1, 200) end
  return false
end

function setup(thread) threads[#threads + 1] = thread end

function response(status, _, body) good(status, body) end

local function quoted(text) return '"' .. text:gsub('[%c"\\]', " ") .. '"' end

-- extra: further '"name":number' members of the result
function report(summary, latency, extra)
  local bad, sample = 0, ""
  for _, thread in ipairs(threads) do
    local of_thread = thread:get("wrong")
    bad = bad + of_thread
    if of_thread > 0 and sample == "" then sample = thread:get("first_wrong") or "" end
  end
  local e = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"micros":%d,"wrong":%d,"broken":%d,"p50":%d,"p99":%d,"sample":%s%s}\n',
    summary.requests, summary.duration, bad + 0, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99), quoted(sample), extra or ""))
end

function each_thread(visit) for _, thread in ipairs(threads) do visit(thread) end end

function done(summary, latency) report(summary, latency) end
