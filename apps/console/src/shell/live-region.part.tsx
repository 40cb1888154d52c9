import { useSyncExternalStore } from 'react';

let present = '';
const readers = new Set<() => void>();

/** Says something to who does not see the screen, in the one polite region. The same words twice are said twice. */
export function announce(text: string): void {
  present = present === text ? `${text}\u00a0` : text;
  for (const read of readers) read();
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => void readers.delete(read);
}

export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => present);
  return (
    <div role="status" aria-live="polite" className="unseen">
      {text}
    </div>
  );
}
