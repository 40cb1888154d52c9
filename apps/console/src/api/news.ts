import { serverAddress } from './address.js';

/** The server refused: the session is over, the browser listens in too many places, or the server starts again. */
const COME_BACK_AFTER_MS = 30_000;

/**
 * Calls `onNews` when something happened to the owner's things, or to what others gave her, on whatever server and in whatever window.
 * All windows of a browser share one connection, since it has few for each server: one of them listens and tells the others; when it
 * closes, the next does.
 * @param name - equal in the windows that share: it says whose things they are
 * @returns what ends it
 */
export function hearNews(name: string, onNews: () => void): () => void {
  const leaving = new AbortController();
  const others = new BroadcastChannel(name);
  others.onmessage = onNews;
  const tell = () => {
    onNews();
    others.postMessage('news');
  };
  const { signal } = leaving;
  // Refused only when it is to end before it was this window's turn.
  if (window.isSecureContext)
    void navigator.locks.request(name, { signal }, () => follow(tell, signal)).catch(() => undefined);
  else void follow(tell, signal);
  return () => {
    leaving.abort();
    others.close();
  };
}

/** Resolves when the signal ends it. */
function follow(tell: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let isLost = false;
    let timer: number | undefined;
    let end = () => undefined as void;
    const listen = () => {
      const source = new EventSource(serverAddress('/me/events'));
      end = () => source.close();
      for (const kind of ['activity', 'news']) source.addEventListener(kind, tell);
      source.addEventListener('open', () => {
        // Something may have happened while nobody listened.
        if (isLost) tell();
        isLost = false;
      });
      source.addEventListener('error', () => {
        isLost = true;
        // A connection that was lost the browser makes again by itself.
        if (source.readyState === EventSource.CLOSED) timer = window.setTimeout(listen, COME_BACK_AFTER_MS);
      });
    };
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      end();
      resolve();
    });
    listen();
  });
}
