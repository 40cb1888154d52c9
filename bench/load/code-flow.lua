-- The authorization code flow of somebody who is signed in and has consented: GET AUTHORIZE_PATH (with her cookies), which answers
-- with a redirect that carries the code, and POST TOKEN_PATH (form, client) with TOKEN_BODY and the code, which answers with an ID
-- token. Each connection is another person: COOKIES_FILE has a Cookie header a line.
dofile("pairs.lua")

local authorize_path, token_path, token_body = os.getenv("AUTHORIZE_PATH"), os.getenv("TOKEN_PATH"), os.getenv("TOKEN_BODY")
local token_headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Authorization"] = os.getenv("AUTHORIZATION") }
local browser_headers = {}

local code

function init()
  local cookies = {}
  for line in io.lines(os.getenv("COOKIES_FILE")) do cookies[#cookies + 1] = line end
  browser_headers["Cookie"] = cookies[(number - 1) % #cookies + 1]
end

function request()
  if code then return wrk.format("POST", token_path, token_headers, token_body .. "&code=" .. code) end
  begin_pair()
  return wrk.format("GET", authorize_path, browser_headers, "")
end

function response(status, headers, body)
  if code then
    code = nil
    if good(status, body, '"id_token"') then end_pair() end
    return
  end
  local location = headers["location"] or headers["Location"] or ""
  code = (status == 302 or status == 303) and location:match("[?&]code=([^&]+)") or nil
  if not code then good(0, status .. " " .. location .. " " .. body) end
end
