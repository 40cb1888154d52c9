import { ConfigFolder, ENVIRONMENT, validSettings } from '../config.fixture.js';

/** A change to the valid configuration: where, and what stands there then. */
export type Change = readonly [path: string, value: unknown];

const DATABASE_URL = 'postgres://u:p@h/d';
const KEY = Buffer.alloc(32, 1).toString('base64url');

/** Variables that secrets of these cases come from: DB, KEY, and SHORT, BRIEF and COMMON, which are not good enough. */
const VARIABLES = {
  ...ENVIRONMENT,
  DB: DATABASE_URL,
  KEY,
  SHORT: 'x'.repeat(31),
  BRIEF: 'eleven char',
  COMMON: 'password1234',
};

/** Settings of a PostgreSQL database. */
export const POSTGRES = { type: 'postgres', url: { env: 'DB' } };

/** Tests of one topic: what a valid configuration may and may not be changed to. */
export class RuleCases {
  readonly work = new ConfigFolder();

  /** Each case: what is changed, and the one problem that follows. */
  refuses(cases: readonly (readonly [title: string, changes: readonly Change[], problem: string])[]): void {
    it.each(cases)('refuses %s', (_title, changes, problem) => {
      const found = this.work.problemsOf(validSettings(...changes), VARIABLES);
      expect(found.map((text) => text.replace(/ \(line 1\)$/, ''))).toEqual([problem]);
    });
  }

  /** Each case: what is changed without a problem. */
  accepts(cases: readonly (readonly [title: string, changes: readonly Change[]])[]): void {
    it.each(cases)('accepts %s', (_title, changes) => {
      expect(this.work.problemsOf(validSettings(...changes), VARIABLES)).toEqual([]);
    });
  }
}
