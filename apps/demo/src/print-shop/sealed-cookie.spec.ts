import { randomBytes } from 'node:crypto';
import { SealedCookie } from './sealed-cookie.js';

describe('SealedCookie', () => {
  const key = randomBytes(32).toString('base64url');
  const cookie = (changes: object = {}) =>
    new SealedCookie<{ secret: string }>({ name: 'shop', key, path: '/', lifetimeSeconds: 60, ...changes });
  const CONTENT = { secret: 'verifier' };
  const sent = async (by: SealedCookie<{ secret: string }>) => (await by.line(CONTENT)).split(';')[0];

  it('brings back what was sealed, and shows it to nobody else', async () => {
    const line = await cookie().line(CONTENT);
    expect(line).toMatch(/^shop=[\w.-]+; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax$/);
    expect(Buffer.from(line, 'base64url').toString()).not.toContain('verifier');
    expect(await cookie().read(`other=1; ${line.split(';')[0]}; last=2`)).toEqual(CONTENT);
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['no cookie', async () => undefined],
    ['another cookie', async () => 'shopping=1'],
    ['what nobody sealed', async () => 'shop=abc'],
    ['what was changed', async () => `${await sent(cookie())}x`],
    ['another key', async () => sent(cookie({ key: randomBytes(32).toString('base64url') }))],
    ['what has expired', async () => sent(cookie({ lifetimeSeconds: -60 }))],
    ['another cookie of the shop under this name', async () => `shop=${(await sent(cookie({ name: 'x' })))?.slice(2)}`],
  ])('takes no %s', async (_case, header) => {
    expect(await cookie().read(await header())).toBeUndefined();
  });

  it('is forgotten at the same path', () => {
    expect(cookie({ path: '/callback' }).forgotten()).toBe('shop=; Path=/callback; Max-Age=0; HttpOnly; SameSite=Lax');
  });
});
