import { OAuthError } from './oauth-error.js';
import { isParameterText } from './parameter-text.js';

const MOST_PARAMETERS = 100;
/** Assertions and claim tokens are the longest honest values, in UTF-16 units. */
const LONGEST_VALUE = 32_768;
/** The only parameter that may come more than once (RFC 8707 section 2). */
const REPEATABLE = 'resource';

/**
 * Parameters of a form request (RFC 6749 section 3.2). A parameter without a value counts as absent; one that comes twice
 * is refused, or noted where the refusal has to say more; names are only ever looked up in a Map, so `__proto__` is a name
 * like any other.
 */
export class FormParameters {
  private constructor(
    private readonly values: ReadonlyMap<string, string>,
    /** Resource indicators, in the order of the request. */
    readonly resources: readonly string[],
    /** Names that came more than once, where that was to be noted. None of their values can be read. */
    readonly repeated: ReadonlySet<string>,
  ) {}

  /**
   * @param repetition - what to do about a parameter that comes twice: an authorization request is answered to its client
   *   (RFC 6749 section 3.1), which needs the rest of it
   * @throws OAuthError invalid_request for broken escapes, repeated, too many or too long parameters
   */
  static parse(body: string, repetition: 'refuse' | 'note' = 'refuse'): FormParameters {
    const values = new Map<string, string>();
    const resources: string[] = [];
    const repeated = new Set<string>();
    for (const [name, value] of pairsOf(body)) {
      if (name === REPEATABLE && value !== '') resources.push(value);
      else if (values.has(name)) repeated.add(name);
      else values.set(name, value);
    }
    if (repetition === 'refuse' && repeated.size > 0) throw new OAuthError('invalid_request', 'repeated_parameter');
    for (const name of repeated) values.delete(name);
    return new FormParameters(values, resources, repeated);
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

  /** The same as the query of an address; what came more than once and was noted is not in it. */
  toQuery(): string {
    const resources = this.resources.map((resource): [string, string] => [REPEATABLE, resource]);
    return new URLSearchParams([...this.values, ...resources]).toString();
  }
}

function pairsOf(body: string): [name: string, value: string][] {
  // Those that stand in it as they are; escaped ones are seen where they are decoded.
  checkCharacters(body);
  const pairs = body === '' ? [] : body.split('&');
  if (pairs.length > MOST_PARAMETERS) throw new OAuthError('invalid_request', 'malformed_body');
  return pairs.map(parsePair);
}

function parsePair(pair: string): [name: string, value: string] {
  const equals = pair.indexOf('=');
  const name = decode(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
  if (value.length > LONGEST_VALUE) throw new OAuthError('invalid_request', 'parameter_too_long');
  return [name, value];
}

/** `application/x-www-form-urlencoded`; refuses escapes that are not UTF-8, and such as stand for control characters. */
function decode(text: string): string {
  const plain = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!plain.includes('%')) return plain;
  const decoded = unescape(plain);
  checkCharacters(decoded);
  return decoded;
}

function checkCharacters(text: string): void {
  if (!isParameterText(text)) throw new OAuthError('invalid_request', 'malformed_body');
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new OAuthError('invalid_request', 'malformed_body');
  }
}
