import { BadRequestException, ForbiddenException, NotFoundException } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import { StoreUnavailable } from '@valetkey/persistence';
import { toErrorAnswer } from './error-answer.js';

const SECRET = "SELECT * FROM client WHERE secret = 'hunter2'";
const withStatus = (statusCode: unknown) => Object.assign(new Error(SECRET), { statusCode });

describe('RFC 6749 §5.2: error answers', () => {
  it('a refusal is answered by its registered code; its precise reason stays here', () => {
    const answer = toErrorAnswer(new OAuthError('invalid_client', 'secret_mismatch', { 'www-authenticate': 'Basic' }));
    expect(answer).toEqual({
      status: 401,
      headers: { 'www-authenticate': 'Basic' },
      body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
      fault: false,
    });
  });

  it('a refusal may have another status than its code', () => {
    expect(toErrorAnswer(new OAuthError('temporarily_unavailable', 'too_many_inactive', {}, 429)).status).toBe(429);
  });

  it('a store that is away is 503 with Retry-After', () => {
    const answer = toErrorAnswer(new StoreUnavailable(new Error(SECRET)));
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, fault: true });
    expect(answer.body.error).toBe('temporarily_unavailable');
  });

  it.each([
    ['the framework', withStatus(413), 413, 'invalid_request'],
    ['the framework', withStatus(415), 415, 'invalid_request'],
    ['the framework', withStatus(414), 414, 'invalid_request'],
    ['the framework', withStatus(400), 400, 'invalid_request'],
    ['a controller', new NotFoundException(SECRET), 404, 'not_found'],
    ['a controller', new BadRequestException(SECRET), 400, 'invalid_request'],
    ['a controller', new ForbiddenException(SECRET), 403, 'invalid_request'],
  ])('what %s refuses is said in registered words', (_by, error, status, code) => {
    const answer = toErrorAnswer(error);
    expect([answer.status, answer.body.error, answer.fault]).toEqual([status, code, false]);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it.each([
    ['an error', new Error(SECRET)],
    ['an error with a status that is none', withStatus('400')],
    ['an error with a status of the server', withStatus(502)],
    ['an error with a status of success', withStatus(200)],
    ['a text', SECRET],
    ['an object that looks like a refusal', { status: 200, body: SECRET, statusCode: 400 }],
    ['nothing', undefined],
    ['null', null],
  ])('%s that nobody expected is 500, and nothing of it is told', (_what, error) => {
    const answer = toErrorAnswer(error);
    expect([answer.status, answer.body.error, answer.fault]).toEqual([500, 'server_error', true]);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });
});
