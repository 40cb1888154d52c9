-- Introspects the tokens of TOKENS_FILE (one a line) in turn.
dofile("measured.lua")

local requests, position = {}, 0

function init()
  for token in io.lines(os.getenv("TOKENS_FILE")) do
    requests[#requests + 1] = wrk.format(nil, nil, nil, "token=" .. token)
  end
end

function request()
  position = position % #requests + 1
  return requests[position]
end
