import { createHmac } from 'node:crypto';

import type { FormBrowser, Shown } from './form-browser.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator app shows for a secret in base32, so many steps of 30 seconds from now (RFC 6238). */
export function codeOf(secret: string, stepsAhead = 0): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The secret on the page of an app that is being added. */
export function secretOn({ text }: Pick<Shown, 'text'>): string {
  return (/class="mono">([^<]+)</.exec(text)?.[1] ?? '').replace(/\s/g, '');
}

/** An app that was added, and the page that says so. */
export interface AddedApp {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly done: Shown;
}

/** Adds an app from the page `/account/codes`: its codes of now and of the next step are left. */
export async function addApp(browser: FormBrowser, settings: Shown): Promise<AddedApp> {
  const page = await browser.submit(settings, { decision: 'begin' });
  return confirmApp(browser, page);
}

/**
 * Gives the page of an app that is being added the code of the step before. Where a step ends on the way that code has become
 * too old, and then the page has one more try, with the code of what is the step before by then.
 */
export async function confirmApp(browser: FormBrowser, page: Shown): Promise<AddedApp> {
  const secret = secretOn(page);
  const confirm = (shown: Shown) => browser.submit(shown, { code: codeOf(secret, -1) });
  const first = await confirm(page);
  const done = first.status === 400 ? await confirm(first) : first;
  return { secret, recoveryCodes: recoveryCodesOn(done), done };
}

/** Those that a page shows, none on any other. */
export function recoveryCodesOn({ text }: Pick<Shown, 'text'>): readonly string[] {
  return text.match(/[0-9a-z]{4}(-[0-9a-z]{4}){3}/g) ?? [];
}
