import { randomInt } from 'node:crypto';

/** Somebody who can sign in at the demo's authorization server, and who that is in the demo. */
export interface DemoAccount {
  username: string;
  part: string;
}

/** The accounts of `valetkey.demo.yaml`. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { username: 'alice', part: 'owns the photos' },
  { username: 'bob', part: 'a customer of the print shop; the partner knows him, too' },
  { username: 'carol', part: 'another one' },
  { username: 'oscar', part: 'runs the server, and owns nothing' },
];

/** Letters and digits that nobody takes for one another when typing them from a screen. */
const CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A random password of 79 bits, in groups, to be read from a terminal and typed. */
export function typablePassword(): string {
  const character = () => CHARACTERS[randomInt(CHARACTERS.length)] ?? '';
  const group = () => Array.from({ length: GROUP_LENGTH }, character).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
