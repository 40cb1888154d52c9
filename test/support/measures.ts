import { appendFileSync } from 'node:fs';

/** A figure for the table of goals: `npm run ux-goals` reads them. */
export interface Measure {
  /** `G1` to `G19`. */
  readonly goal: string;
  /** What was measured, in a few words. */
  readonly what: string;
  readonly value: number;
}

/** Keeps a figure when somebody asks for the table of goals; does nothing in any other run. */
export function measured(goal: string, what: string, value: number): void {
  const file = process.env['VALETKEY_UX_GOALS'];
  if (file === undefined || file === '') return;
  const measure: Measure = { goal, what, value };
  appendFileSync(file, `${JSON.stringify(measure)}\n`);
}
