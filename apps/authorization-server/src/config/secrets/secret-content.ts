import { randomBytes } from 'node:crypto';

import type { PasswordProblem } from '@valetkey/accounts';
import { passwordProblem } from '@valetkey/accounts';
import { issueOpaqueValue } from '@valetkey/kernel';

/** What a secret must look like, and how the server makes one where it may. Texts never repeat the secret. */
export interface SecretKind {
  /** What is wrong, or `undefined`. */
  readonly problem: (value: string) => string | undefined;
  /** A fresh one; absent when the server must not make it. */
  readonly make?: () => string;
}

const KEY_BYTES = 32;

/** Bytes of a key-encryption key; `undefined` when the text is not 32 bytes in canonical base64url without padding. */
export function decodeEncryptionKey(text: string): Buffer | undefined {
  const key = Buffer.from(text, 'base64url');
  return key.length === KEY_BYTES && key.toString('base64url') === text ? key : undefined;
}

function clientSecretProblem(value: string): string | undefined {
  if (value.length < 32) return 'must be at least 32 characters long';
  if (value.length > 256) return 'must be at most 256 characters long';
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'must consist of printable ASCII characters without spaces';
}

function databaseUrlProblem(value: string): string | undefined {
  // A socket directory in the query leaves the host empty behind "@", which `URL` does not take.
  const isUrl = /^postgres(ql)?:\/\/[^\s\p{Cc}]+$/u.test(value) && URL.canParse(value.replace('@/', '@localhost/'));
  return isUrl ? undefined : 'must be a URL such as postgres://user:password@host:5432/database';
}

/** Secret of a client; made ones are recognisable opaque values. */
export const CLIENT_SECRET: SecretKind = { problem: clientSecretProblem, make: () => issueOpaqueValue('cs') };

/** Connection URL of PostgreSQL. */
export const DATABASE_URL: SecretKind = { problem: databaseUrlProblem };

/** Key-encryption key shared by several servers. */
export const SHARED_ENCRYPTION_KEY: SecretKind = {
  problem: (value) =>
    decodeEncryptionKey(value) === undefined ? 'must be 32 bytes in base64url (43 characters, no padding)' : undefined,
};

/** Key-encryption key of the embedded store, which the one server of it may make. */
export const EMBEDDED_ENCRYPTION_KEY: SecretKind = {
  ...SHARED_ENCRYPTION_KEY,
  make: () => randomBytes(KEY_BYTES).toString('base64url'),
};

/** Password at a mail relay. */
export const SMTP_PASSWORD: SecretKind = {
  problem: (value) =>
    value.length <= 1024 && /^[^\p{Cc}]*$/u.test(value) ? undefined : 'must be a line of at most 1024 characters',
};

const PASSWORD_PROBLEMS: Readonly<Record<PasswordProblem, string>> = {
  too_short: 'must be at least 12 characters long',
  too_long: 'must be at most 128 characters long',
  too_common: 'is one of the most common passwords',
  like_name: 'is a name of that account',
};

/** First password of an account. @param names - what everybody knows of the person */
export function accountPassword(names: readonly string[]): SecretKind {
  return {
    problem: (value) => {
      const problem = passwordProblem(value, names);
      return problem && PASSWORD_PROBLEMS[problem];
    },
  };
}
