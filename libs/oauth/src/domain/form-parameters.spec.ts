import fc from 'fast-check';
import { FormParameters } from './form-parameters.js';
import { OAuthError } from './oauth-error.js';

const CONTROLS = /\p{Cc}/u;
const plain = fc.string({ unit: 'grapheme' }).filter((text) => !CONTROLS.test(text) && !/\p{Cs}/u.test(text));
const name = plain.filter((text) => text !== 'resource');

const outcome = (body: string): FormParameters | string => {
  try {
    return FormParameters.parse(body);
  } catch (error) {
    if (error instanceof OAuthError) return error.body.error;
    throw error;
  }
};

describe('form parameters (RFC 6749 §3.2)', () => {
  it('CO-09 are read as any other encoder wrote them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, plain), { selector: ([key]) => key, maxLength: 20 }), (pairs) => {
        const parameters = FormParameters.parse(new URLSearchParams(pairs).toString());
        for (const [key, value] of pairs) expect(parameters.get(key)).toBe(value === '' ? undefined : value);
      }),
    );
  });

  it('CO-09 that come twice are refused, resource indicators are kept in their order', () => {
    fc.assert(
      fc.property(name, plain, plain, (key, one, two) => {
        const twice = new URLSearchParams([
          [key, one],
          [key, two],
        ]);
        expect(outcome(twice.toString())).toBe('invalid_request');
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.webUrl(), { maxLength: 5 }), (resources) => {
        const body = new URLSearchParams(resources.map((one): [string, string] => ['resource', one])).toString();
        expect(FormParameters.parse(body).resources).toEqual(resources);
      }),
    );
  });

  it('of any bytes at all are either refused, or read as URLSearchParams reads them', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '&',
      '=',
      '%',
      '+',
      '%41',
      '%00',
      '%C3%A9',
      '%C3',
      '%zz',
      ' ',
      '__proto__',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const body = pieces.join('');
        const parameters = outcome(body);
        if (typeof parameters === 'string') return expect(parameters).toBe('invalid_request');
        const reference = new URLSearchParams(body);
        for (const key of reference.keys()) expect(parameters.get(key)).toBe(reference.get(key) || undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are bounded in number and length', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}=1`).join('&');
    expect(outcome(many(100))).toBeInstanceOf(FormParameters);
    expect(outcome(many(101))).toBe('invalid_request');
    expect(outcome(`a=${'x'.repeat(32_768)}`)).toBeInstanceOf(FormParameters);
    expect(outcome(`a=${'x'.repeat(32_769)}`)).toBe('invalid_request');
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'have nothing under %s unless it was sent',
    (key) => {
      expect(FormParameters.parse('a=1').get(key)).toBeUndefined();
      expect(FormParameters.parse(`${key}=1`).get(key)).toBe('1');
      expect(() => FormParameters.parse('a=1').require(key)).toThrow(OAuthError);
    },
  );

  it('CO-09 that come twice are noted where that is asked for, and have no value', () => {
    const parameters = FormParameters.parse('a=1&b=2&a=3&c=&c=&resource=x&resource=y', 'note');
    expect([...parameters.repeated]).toEqual(['a', 'c']);
    expect([parameters.get('a'), parameters.get('b'), parameters.get('c')]).toEqual([undefined, '2', undefined]);
    expect(parameters.resources).toEqual(['x', 'y']);
  });
});
