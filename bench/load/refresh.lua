-- Rotates the refresh tokens of TOKENS_FILE (one a line, one family each). A token waits in a queue, is taken by one
-- request, and its successor goes to the end of the queue: no family is ever used by two requests at once. There
-- must be more families than connections. One wrk thread only: the queue lives in the thread.
dofile("measured.lua")

local queue, head, tail = {}, 1, 0

local function push(token)
  tail = tail + 1
  queue[tail] = token
end

function init()
  for token in io.lines(os.getenv("TOKENS_FILE")) do push(token) end
end

function request()
  local token = queue[head] or "queue-is-empty"
  queue[head] = nil
  head = head + 1
  return wrk.format(nil, nil, nil, "grant_type=refresh_token&refresh_token=" .. token)
end

function response(status, _, body)
  if good(status, body) then
    local successor = body:match('"refresh_token":%s*"([^"]+)"')
    if successor then push(successor) else wrong = wrong + 1 end
  end
end
