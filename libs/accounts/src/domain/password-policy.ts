import { COMMON_PASSWORDS } from './common-passwords.js';

/** Why a password is not taken. */
export type PasswordProblem = 'too_short' | 'too_long' | 'too_common' | 'like_name';

const SHORTEST = 12;
const LONGEST = 128;
/** Before anything is computed with it: normalisation can shrink a text, but not by so much. */
const LONGEST_RAW = 1024;

/** What people type one after the other. */
const RUNS = [
  '012345678901234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];
const REPEATED_PIECE = /^(.{1,4})\1+.{0,3}$/su;

/**
 * The one form of a password that is hashed, whatever keyboard it was typed on (NIST SP 800-63B section 3.1.1.2: NFKC), or
 * `undefined` when it is longer than any that was ever taken. Never cut.
 */
export function normalizePassword(password: string): string | undefined {
  if (password.length > LONGEST_RAW) return undefined;
  const normalized = password.normalize('NFKC');
  return [...normalized].length > LONGEST ? undefined : normalized;
}

/**
 * What is wrong with a new password, or `undefined`. Length and known weakness alone count: rules about kinds of characters
 * make passwords worse (NIST SP 800-63B section 3.1.1.2).
 * @param names - what everybody knows of the person: user name, e-mail address, name
 */
export function passwordProblem(password: string, names: readonly string[] = []): PasswordProblem | undefined {
  const normalized = normalizePassword(password);
  if (normalized === undefined) return 'too_long';
  if ([...normalized].length < SHORTEST) return 'too_short';
  const lower = normalized.toLowerCase();
  if (isCommon(lower)) return 'too_common';
  return names.some((name) => name.normalize('NFKC').toLowerCase() === lower) ? 'like_name' : undefined;
}

function isCommon(lower: string): boolean {
  if (COMMON_PASSWORDS.has(lower) || REPEATED_PIECE.test(lower)) return true;
  const backwards = [...lower].reverse().join('');
  return RUNS.some((run) => run.includes(lower) || run.includes(backwards));
}
