import { isIPv6 } from 'node:net';

import { redirectUriProblem } from '@valetkey/clients';
import { SHOWN_TEXT } from '@valetkey/shown-text';
import { isScopeToken } from '@valetkey/protocol';
import { z } from 'zod';

import { absoluteUriProblem, webUrlProblem } from './url-checks.js';

const SECOND = 1000;
const DURATION_UNITS = { ms: 1, s: SECOND, m: 60 * SECOND, h: 3600 * SECOND, d: 86_400 * SECOND };
const SIZE_UNITS = { B: 1, KiB: 1024, MiB: 1024 * 1024 };
const DURATION = /^(0|[1-9]\d{0,8})(ms|s|m|h|d)$/;
const SIZE = /^([1-9]\d{0,8})(B|KiB|MiB)$/;

function amount(text: string, pattern: RegExp, units: Readonly<Record<string, number>>): number | undefined {
  const match = pattern.exec(text);
  const unit = units[match?.[2] ?? ''];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** Milliseconds of a duration such as `10m`; `undefined` when it is not one. */
export function parseDuration(text: string): number | undefined {
  return amount(text, DURATION, DURATION_UNITS);
}

/** Bytes of a size such as `64KiB`; `undefined` when it is not one. */
export function parseSize(text: string): number | undefined {
  return amount(text, SIZE, SIZE_UNITS);
}

/** A string schema whose value is replaced by what `convert` makes of it, or refused with the text it returns. */
function converted(
  pattern: RegExp,
  hint: string,
  convert: (text: string) => number | string,
): z.ZodType<number, string> {
  return z
    .string({ error: missingOr(hint) })
    .regex(pattern, hint)
    .transform((text, context) => {
      const result = convert(text);
      if (typeof result === 'number') return result;
      context.addIssue({ code: 'custom', message: result });
      return z.NEVER;
    });
}

function missingOr(hint: string): (issue: { readonly input?: unknown }) => string {
  return (issue) => (issue.input === undefined ? 'is required' : hint);
}

/**
 * A duration with its unit in the value. Bounds are written like settings; with a lower bound of a second or more only
 * whole seconds are taken, since such lifetimes appear in answers as seconds.
 */
export function duration(min: string, max: string): z.ZodType<number, string> {
  const least = parseDuration(min) ?? 0;
  const most = parseDuration(max) ?? 0;
  const hint = 'must be a duration with its unit, such as "500ms", "30s", "10m", "12h" or "30d"';
  return converted(DURATION, hint, (text) => {
    const milliseconds = parseDuration(text) ?? -1;
    if (milliseconds < least || milliseconds > most) return `must be from ${min} to ${max}`;
    return least >= SECOND && milliseconds % SECOND !== 0 ? 'must be whole seconds' : milliseconds;
  }).meta({ valueType: `duration, ${min} to ${max}` });
}

/** A size with its unit in the value. */
export function size(min: string, max: string): z.ZodType<number, string> {
  const hint = 'must be a size with its unit, such as "64KiB" or "1MiB"';
  return converted(SIZE, hint, (text) => {
    const bytes = parseSize(text) ?? -1;
    return bytes < (parseSize(min) ?? 0) || bytes > (parseSize(max) ?? 0) ? `must be from ${min} to ${max}` : bytes;
  }).meta({ valueType: `size, ${min} to ${max}` });
}

/** A whole number within bounds. */
export function count(min: number, max: number): z.ZodInt {
  const bounds = `must be from ${String(min)} to ${String(max)}`;
  return z
    .int('must be a whole number')
    .min(min, bounds)
    .max(max, bounds)
    .meta({ valueType: `whole number, ${String(min)} to ${String(max)}` });
}

/** Text that people read: not empty, no control characters, no broken characters, no space at either end. */
export function text(max: number): z.ZodString {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must not be longer than ${String(max)} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters')
    .regex(/^(?!\s)[\s\S]*(?<!\s)$/u, 'must not begin or end with a space')
    .meta({ valueType: 'text' });
}

/** A name or words that stand in sentences of ours, in titles and on buttons. */
export function shownText(max: number): z.ZodString {
  return text(max).regex(SHOWN_TEXT, 'must not hold characters that cannot be seen or turn the text around it');
}

/** An identifier: compared byte for byte, so only characters that look the same to everybody. */
export function identifier(): z.ZodString {
  return z
    .string()
    .regex(/^[A-Za-z0-9._~:/@+-]{1,128}$/, 'must be 1 to 128 of the characters A-Z a-z 0-9 . _ ~ : / @ + -')
    .meta({ valueType: 'identifier' });
}

/** A name of a file or folder; relative ones begin at the folder of the configuration file. */
export function filePath(): z.ZodString {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(1024, 'must not be longer than 1024 characters')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters')
    .meta({ valueType: 'path' });
}

/** RFC 6749 §3.3 `scope-token`. */
export function scopeToken(): z.ZodString {
  return z
    .string()
    .refine(
      isScopeToken,
      'must be a scope of RFC 6749 (printable ASCII, no space, quote or backslash), at most 128 characters',
    )
    .meta({ valueType: 'scope' });
}

/** A list without repetition, compared byte for byte. */
export function distinct<T extends z.ZodType<string>>(item: T, max: number): z.ZodType<z.output<T>[], z.input<T>[]> {
  return z
    .array(item)
    .max(max, `must not have more than ${String(max)} entries`)
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        if (values.indexOf(value) < index)
          context.addIssue({ code: 'custom', path: [index], message: 'is listed twice' });
      });
    });
}

function checked(check: (value: string) => string | undefined, max: number, valueType: string): z.ZodString {
  return z
    .string()
    .max(max, `must not be longer than ${String(max)} characters`)
    .superRefine((value, context) => {
      const message = check(value);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .meta({ valueType });
}

/** An absolute https URL without fragment, or http on a loopback host. */
export function webUrl(): z.ZodString {
  return checked((value) => webUrlProblem(value), 2048, 'URL');
}

/** A page that people are led to: https alone, a loopback host is no exception. */
export function pageUrl(): z.ZodString {
  return webUrl().regex(/^https:/, 'must use https');
}

/** An address for answers: https, http on a loopback host, or the own scheme of an app (RFC 8252 §7). */
export function redirectUri(): z.ZodString {
  return checked((value) => redirectUriProblem(value, 'native'), 2048, 'URL');
}

/** The origin of web pages, as browsers write it (RFC 6454 §6.2). */
export function origin(): z.ZodString {
  const check = (value: string) =>
    webUrlProblem(value) ??
    (new URL(value).origin === value ? undefined : 'must be an origin, such as https://app.example');
  return checked(check, 255, 'origin');
}

/** A host name, as URLs have it. */
export function hostName(): z.ZodString {
  return z
    .string()
    .regex(/^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*$/, 'must be a host name in lower case')
    .meta({ valueType: 'host' });
}

/** An absolute URI without fragment (RFC 8707 §2). */
export function absoluteUri(): z.ZodString {
  return checked(absoluteUriProblem, 512, 'URI');
}

/** Issuer identifier of somebody: https (http on loopback), no query, no fragment. OpenID Connect Core §2 `iss`. */
export function issuerIdentifier(check: (value: string) => string | undefined): z.ZodString {
  return checked(check, 255, 'issuer');
}

/** Host name or address to listen on. */
export function listenHost(): z.ZodString {
  return z
    .string()
    .refine(
      (value) => /^[A-Za-z0-9._-]{1,253}$/.test(value) || isIPv6(value),
      'must be a host name or an address (an IPv6 address without brackets)',
    )
    .meta({ valueType: 'host' });
}

/** BCP 47 language tag. */
export function languageTag(): z.ZodString {
  return z
    .string()
    .refine((value) => canonicalLanguage(value) !== undefined, 'must be a language tag such as de or de-AT')
    .meta({ valueType: 'language tag' });
}

/** Canonical spelling of a language tag; `undefined` when it is not one. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** IANA time zone known to this installation. */
export function timeZone(): z.ZodString {
  return z.string().refine(isTimeZone, 'must be a time zone such as Europe/Vienna').meta({ valueType: 'time zone' });
}

function isTimeZone(value: string): boolean {
  try {
    return (
      /^[A-Za-z]/.test(value) && new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}
