import { OAuthError } from './oauth-error.js';

const MOST_PARAMETERS = 100;
/** Assertions and claim tokens are the longest honest values. */
const LONGEST_VALUE = 32_768;
/** The only parameter that may come more than once (RFC 8707 section 2). */
const REPEATABLE = 'resource';

/**
 * Parameters of a form request (RFC 6749 section 3.2). A parameter without a value counts as absent; one that comes twice
 * is refused; names are only ever looked up in a Map, so `__proto__` is a name like any other.
 */
export class FormParameters {
  private constructor(
    private readonly values: ReadonlyMap<string, string>,
    /** Resource indicators, in the order of the request. */
    readonly resources: readonly string[],
  ) {}

  /** @throws OAuthError invalid_request for broken escapes, repeated, too many or too long parameters */
  static parse(body: string): FormParameters {
    const values = new Map<string, string>();
    const resources: string[] = [];
    const pairs = body === '' ? [] : body.split('&');
    if (pairs.length > MOST_PARAMETERS) throw new OAuthError('invalid_request', 'malformed_body');
    for (const pair of pairs) {
      const equals = pair.indexOf('=');
      const name = decode(equals < 0 ? pair : pair.slice(0, equals));
      const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
      if (value.length > LONGEST_VALUE) throw new OAuthError('invalid_request', 'parameter_too_long');
      if (name === REPEATABLE && value !== '') resources.push(value);
      else if (values.has(name)) throw new OAuthError('invalid_request', 'repeated_parameter');
      else values.set(name, value);
    }
    return new FormParameters(values, resources);
  }

  /** The value, or `undefined` when absent or empty. */
  get(name: string): string | undefined {
    const value = this.values.get(name);
    return value === '' ? undefined : value;
  }

  /** @throws OAuthError invalid_request when absent or empty */
  require(name: string): string {
    const value = this.get(name);
    if (value === undefined) throw new OAuthError('invalid_request', 'parameter_missing');
    return value;
  }
}

/** `application/x-www-form-urlencoded`; refuses escapes that are not UTF-8 and control characters. */
function decode(text: string): string {
  const plain = text.includes('+') ? text.replaceAll('+', ' ') : text;
  const decoded = plain.includes('%') ? unescape(plain) : plain;
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(decoded)) throw new OAuthError('invalid_request', 'malformed_body');
  return decoded;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new OAuthError('invalid_request', 'malformed_body');
  }
}
