import { useState } from 'react';

const EVERY_MS = 10_000;

/** Whether what is shown is read again by itself: for who wants to read in peace it stops (WCAG 2.2.2). */
export interface Refreshing {
  readonly isOn: boolean;
  toggle(): void;
  /** For a query. */
  readonly interval: number | false;
}

export function useRefreshing(): Refreshing {
  const [isOn, setOn] = useState(true);
  return { isOn, toggle: () => setOn((on) => !on), interval: isOn && EVERY_MS };
}
