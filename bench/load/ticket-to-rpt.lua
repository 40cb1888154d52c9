-- A permission ticket, then the RPT for it: POST PERMISSION_PATH (JSON, PAT) and POST TOKEN_PATH (form, client).
-- A resource is drawn at random for each ticket: from IDS_FILE (one id a line), or from the RESOURCES seeded ids, which
-- resource_id() makes just as bench/contenders/resource-seed.mjs does.
dofile("pairs.lua")

local permission_path, token_path = os.getenv("PERMISSION_PATH"), os.getenv("TOKEN_PATH")
local permission_headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("PAT") }
local token_headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Authorization"] = os.getenv("AUTHORIZATION") }
local scope, count, ids = os.getenv("SCOPE"), tonumber(os.getenv("RESOURCES") or "0"), {}

local ticket

-- 2654435761 is odd, so the product modulo 2^32 is different for every n: ids are spread as random ones are
local function resource_id()
  if #ids > 0 then return ids[math.random(#ids)] end
  local n = math.random(count)
  return string.format("%08x-bench-%07d", (n * 2654435761) % 4294967296, n)
end

function init()
  math.randomseed(seed)
  if os.getenv("IDS_FILE") then for id in io.lines(os.getenv("IDS_FILE")) do ids[#ids + 1] = id end end
end

function request()
  if ticket then
    return wrk.format("POST", token_path, token_headers,
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Auma-ticket&ticket=" .. ticket)
  end
  begin_pair()
  return wrk.format("POST", permission_path, permission_headers,
    string.format('{"resource_id":"%s","resource_scopes":["%s"]}', resource_id(), scope))
end

function response(status, _, body)
  if ticket then
    ticket = nil
    if good(status, body, '"access_token"') then end_pair() end
  elseif good(status, body, '"ticket"') then
    ticket = body:match('"ticket":%s*"([^"]+)"')
  end
end
