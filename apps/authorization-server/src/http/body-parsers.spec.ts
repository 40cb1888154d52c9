import { FormParameters, OAuthError } from '@valetkey/oauth';
import type { FastifyInstance } from 'fastify';
import { fastify as createFastify } from 'fastify';
import { parseJson, useStrictBodyParsers } from './body-parsers.js';
import { toErrorAnswer } from './error-answer.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it.each([
    ['32 levels', nested(32), 1],
    ['33 levels', nested(33), 0],
    ['33 objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 0],
    ['brackets that never close', '['.repeat(60_000), 0],
    ['brackets in a string', JSON.stringify('['.repeat(1000)), 1],
    ['brackets behind an escaped quote', JSON.stringify(`"${'['.repeat(1000)}`), 1],
    ['brackets behind an escaped backslash, outside the string', `["\\\\",${nested(33)}]`, 0],
    ['brackets in a string that never ends', `"${'['.repeat(1000)}`, 0],
    ['many that close again', `[${Array<string>(1000).fill(nested(10)).join(',')}]`, 1],
    ['a string of 60,000 characters', JSON.stringify('\\"x'.repeat(20_000)), 1],
  ])('deep JSON (attack class 233): %s', (_what, text, isTaken) => {
    if (isTaken === 1) expect(parseJson(text)).toEqual(JSON.parse(text));
    else expect(() => parseJson(text)).toThrow(OAuthError);
  });

  it.each(['', ' ', '{', '{"a":1}x', "{'a':1}", '{"a":1,}', 'NaN', 'undefined', '\ufeff{}', '{"a":01}', '// x\n{}'])(
    'refuses %j',
    (text) => {
      expect(() => parseJson(text)).toThrow(new OAuthError('invalid_request', 'malformed_body'));
    },
  );

  it.each(['{"a":1,"a":1}', '{"a":{"b":1,"\\u0062":2}}', '[{"a":[{"b":1,"b":1}]}]'])(
    'refuses %s, which names a member twice',
    (text) => expect(() => parseJson(text)).toThrow(new OAuthError('invalid_request', 'malformed_body')),
  );

  it('takes a member named like one of every object for a member and nothing else', () => {
    const parsed = parseJson('{"__proto__":{"admin":true},"constructor":1}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(parsed['admin']).toBeUndefined();
  });
});

describe('body parsers', () => {
  let fastify: FastifyInstance;
  beforeAll(() => {
    fastify = createFastify({ bodyLimit: 1024 });
    useStrictBodyParsers(fastify);
    fastify.setErrorHandler((error, _request, reply) => {
      const { status, body } = toErrorAnswer(error);
      return reply.code(status).send(body);
    });
    fastify.route({
      method: ['POST', 'DELETE'],
      url: '/',
      handler: (request, reply) => {
        const { body } = request;
        return reply.send(body instanceof FormParameters ? { form: body.get('a') ?? null } : { json: body ?? null });
      },
    });
  });
  afterAll(() => fastify.close());

  const send = async (type: string | undefined, payload: string | Buffer, method: 'POST' | 'DELETE' = 'POST') => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const { statusCode, body } = await fastify.inject({ method, url: '/', headers, payload });
    return [statusCode, (JSON.parse(body) as { error?: string }).error ?? (JSON.parse(body) as object)];
  };
  const FORM = 'application/x-www-form-urlencoded';
  const JSON_TYPE = 'application/json';
  const REFUSED = [400, 'invalid_request'];

  it('takes a form and JSON, with and without the charset', async () => {
    expect(await send(FORM, 'a=%C3%A9')).toEqual([200, { form: 'é' }]);
    expect(await send(`${FORM}; charset=UTF-8`, 'a=1')).toEqual([200, { form: '1' }]);
    expect(await send(JSON_TYPE, '{"a":1}')).toEqual([200, { json: { a: 1 } }]);
    expect(await send(`${JSON_TYPE}; charset="utf-8"`, '[]')).toEqual([200, { json: [] }]);
  });

  it('takes a DELETE that names a media type and has no body', async () => {
    expect(await send(JSON_TYPE, '', 'DELETE')).toEqual([200, { json: null }]);
  });

  it.each([
    ['a form', FORM, Buffer.from([0x61, 0x3d, 0xff])],
    ['a form in escapes', FORM, 'a=%ff'],
    ['a form with a broken escape', FORM, 'a=%zz'],
    ['JSON', JSON_TYPE, Buffer.from([0x22, 0xc3, 0x22])],
    ['JSON in UTF-16', JSON_TYPE, Buffer.from('{}', 'utf16le')],
    ['JSON with an overlong character', JSON_TYPE, Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['JSON with half a character', JSON_TYPE, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])('refuses bytes that are no UTF-8: %s', async (_what, type, bytes) => {
    expect(await send(type, bytes)).toEqual(REFUSED);
  });

  it('refuses a parameter that comes twice', async () => {
    expect(await send(FORM, 'a=1&a=1')).toEqual(REFUSED);
  });

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/jsonp', 'application/xml', 'application/jwt'])(
    'does not take %s: 415',
    async (type) => expect(await send(type, '{}')).toEqual([415, 'invalid_request']),
  );

  it.each([FORM, JSON_TYPE])('does not take %s in another charset', async (type) => {
    expect(await send(`${type}; charset=iso-8859-1`, '{}')).toEqual([415, 'invalid_request']);
  });

  it('does not take more than the limit: 413', async () => {
    expect(await send(JSON_TYPE, JSON.stringify('x'.repeat(2000)))).toEqual([413, 'invalid_request']);
    expect(await send(FORM, `a=${'x'.repeat(2000)}`)).toEqual([413, 'invalid_request']);
  });
});
