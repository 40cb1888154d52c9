import type { BrowserContext, Page } from 'playwright-core';

/** What the browser itself says of a page: milliseconds, and the sum of shifts that nobody asked for. */
export interface Vitals {
  readonly lcp: number;
  readonly cls: number;
  /** The longest from an act to the next picture. */
  readonly inp: number;
}

const OBSERVERS = `
  window.vitals = { lcp: 0, cls: 0, inp: 0 };
  const observe = (type, take, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  observe('largest-contentful-paint', ({ startTime }) => { vitals.lcp = startTime; });
  observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) vitals.cls += value; });
  observe('event', ({ interactionId, duration }) => {
    if (interactionId > 0) vitals.inp = Math.max(vitals.inp, duration);
  }, { durationThreshold: 16 });
`;

/** Every page that is opened from now on is observed. */
export async function observeVitals(context: BrowserContext): Promise<void> {
  await context.addInitScript(OBSERVERS);
}

/** What has been observed until now, after the next picture. */
export function vitalsOf(page: Page): Promise<Vitals> {
  return page.evaluate<Vitals>(
    'new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(window.vitals), 100)))',
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** The value that so large a part (0.95) of all is at most. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}
