import { NotFoundException } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import { StoreUnavailable } from '@valetkey/persistence';
import Fastify from 'fastify';
import { newReference } from '../../http/reference.js';
import { PageError } from './page-error.js';
import { PageErrors } from './page-errors.service.js';
import { Pages } from './pages.service.js';

const SECRET = "SELECT * FROM account WHERE password = 'hunter2'";
const REFERENCE = /[2-9A-Z]{3}-[2-9A-Z]{3}/;

async function answerTo(thrown: unknown, language = 'en') {
  const logged: { level: string; details: Record<string, unknown> }[] = [];
  const log = (level: string) => (details: unknown) =>
    void logged.push({ level, details: details as Record<string, unknown> });
  const errors = new PageErrors(
    new Pages({ issuer: 'https://as.example', pages: { languages: ['en', 'de'], helpUrl: 'https://help.example/' } }),
    {
      info: log('info'),
      error: log('error'),
    },
    { issuer: 'https://as.example', http: { bodyLimit: 1, shutdownTimeout: 1, trustedProxies: [] } },
  );
  const fastify = Fastify();
  errors.scope(fastify, (scope) => {
    scope.get('/', () => {
      throw thrown;
    });
  });
  const { statusCode, headers, body } = await fastify.inject({ url: '/', headers: { 'accept-language': language } });
  return { statusCode, headers, body, logged: logged[0] };
}

describe('A8: an error of a page is a page', () => {
  it('has one human line and a reference that is in the log with the reason; the reason is not shown', async () => {
    const { statusCode, headers, body, logged } = await answerTo(
      new PageError('expired', 'transaction_of_another_browser'),
    );
    expect(statusCode).toBe(400);
    expect(body).toContain('This page is no longer valid');
    expect(body).toContain('Nothing was changed.');
    expect(body).not.toContain('transaction_of_another_browser');
    expect(logged).toMatchObject({
      level: 'info',
      details: { reason: 'transaction_of_another_browser', line: 'expired' },
    });
    const shown = REFERENCE.exec(body)?.[0];
    expect(shown).toBe(logged?.details['reference']);
    expect(headers['location']).toBeUndefined();
    expect(headers['x-frame-options']).toBe('DENY');
  });

  it('A8 tells the developer of an application, folded, what a program would be told, and nobody else anything', async () => {
    const description = 'The redirect URI is <not> registered.';
    const { body } = await answerTo(new PageError('bad_request', 'redirect_uri_unregistered', { description }));
    expect(body).toMatch(/<details class="more">[^]*The redirect URI is &lt;not&gt; registered\.[^]*<\/details>/);
    expect((await answerTo(new PageError('bad_request', 'redirect_uri_unregistered'))).body).not.toContain('<details');
  });

  it('WCAG 3.2.6 names the page where help is found', async () => {
    const { body } = await answerTo(new PageError('expired', 'x'));
    expect(body).toMatch(/<footer[^]*<a class="link" href="https:\/\/help\.example\/">Help<\/a>[^]*<\/footer>/);
  });

  it('speaks the language of the browser', async () => {
    const { body } = await answerTo(new PageError('not_allowed', 'x'), 'de-DE');
    expect(body).toContain('Das dürfen Sie nicht');
  });

  it.each([
    ['an OAuth refusal', new OAuthError('invalid_request', 'malformed_body'), 400, 'We could not go on'],
    [
      'a refusal with its own status',
      new OAuthError('temporarily_unavailable', 'too_many_inactive', {}, 429),
      429,
      'Please wait',
    ],
    ['a store that is away', new StoreUnavailable(new Error(SECRET)), 503, 'We cannot answer now'],
    ['a framework exception', new NotFoundException(SECRET), 404, 'There is nothing here'],
    ['a status of the framework', Object.assign(new Error(SECRET), { statusCode: 413 }), 413, 'That was too much'],
    ['an unknown error', new Error(SECRET), 500, 'Something went wrong here'],
    ['no error at all', SECRET, 500, 'Something went wrong here'],
  ])('%s becomes %i-like without a word of its own', async (_, thrown, status, line) => {
    const { statusCode, body } = await answerTo(thrown);
    expect(statusCode).toBe(status);
    expect(body).toContain(line);
    expect(body).not.toContain('hunter2');
    expect(body).toMatch(REFERENCE);
  });

  it('after a fault of ours nobody is told that nothing was changed; it is logged as an error', async () => {
    const { body, logged } = await answerTo(new Error(SECRET));
    expect(body).not.toContain('Nothing was changed.');
    expect(logged?.level).toBe('error');
  });

  it('references can be read out: no signs that look alike, and they differ', () => {
    const many = Array.from({ length: 500 }, newReference);
    expect(many.filter((reference) => !/^[2-9A-HJ-NP-TV-Z]{3}-[2-9A-HJ-NP-TV-Z]{3}$/.test(reference))).toEqual([]);
    expect(new Set(many).size).toBeGreaterThan(490);
  });
});
