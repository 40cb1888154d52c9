-- Asks for the claims of the persons of TOKENS_FILE (an access token a line) in turn.
dofile("measured.lua")

local requests, position = {}, 0

function init()
  for token in io.lines(os.getenv("TOKENS_FILE")) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token }, "")
  end
end

function request()
  position = position % #requests + 1
  return requests[position]
end
