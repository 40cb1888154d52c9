import type { TimeFrame } from '../kit/dates.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import type { Sentence } from '../kit/parts.js';
import type { Messages } from '../messages/messages.js';

/** A page with a model worth looking at. */
export interface Sample {
  /** Names the page and its state; also its address and its picture in the browser tests. */
  readonly name: string;
  readonly view: (messages: Messages) => PageView;
  readonly formAction?: readonly string[];
}

/** Names as they come: usual, of 60 characters, right-to-left, with markup, and with signs that turn the direction. */
export const NAMES = {
  usual: 'Travel Planner',
  long: 'Donaudampfschifffahrtsgesellschaftskapitänskajütenverwaltung',
  rightToLeft: 'مخطط السفر',
  markup: `"><img src=x onerror=alert(1)><script>alert(2)</script>`,
  turning: '\u202egnp.exe\u202c bank',
} as const;

export const NOW = Date.UTC(2026, 10, 22, 10, 30);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const TIME: TimeFrame = { now: NOW, zone: 'Europe/Berlin' };

export const FORM: FormTarget = {
  action: '/sent',
  hidden: { csrf: 'q2sL8mYtQ4nq0cNf6mTzvE4S0m2nUu1rZkq7pYwXh1c', transaction: 't_J0sGv9n2m1Qe' },
};

export const SEE: Sentence = { text: 'See your travel requests' };
export const CREATE: Sentence = {
  text: 'Create travel requests in your name',
  consequence: 'Binding, as if you had done it.',
};

/** As many permissions as a greedy application asks for. */
export const MANY: readonly Sentence[] = Array.from({ length: 12 }, (_, index) => ({
  text: `See and download the travel expenses of year ${2015 + index} up to €5,000`,
  ...(index % 3 === 0 && { lang: 'en', consequence: 'Reisekosten, wie sie gebucht sind.' }),
}));
