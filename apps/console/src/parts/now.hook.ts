import { useSyncExternalStore } from 'react';

const EVERY_MS = 30_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const readers = new Set<() => void>();

function subscribe(read: () => void): () => void {
  readers.add(read);
  timer ??= setInterval(tick, EVERY_MS);
  tick();
  return () => {
    readers.delete(read);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const read of readers) read();
}

/** The time in milliseconds, the same for everything that is shown, half a minute late at most. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
