import { FormParameters } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserBinding } from './browser-binding.service.js';
import { PageCookies } from './page-cookies.js';
import type { PageError } from './page-error.js';

const ISSUER = 'https://as.example/tenant';
const ORIGIN = 'https://as.example';
const SECRET = 'A'.repeat(43);

function requestWith(headers: Record<string, string>, form = ''): FastifyRequest {
  return { headers, body: FormParameters.parse(form) } as unknown as FastifyRequest;
}

function recordingReply() {
  const cookies: string[] = [];
  const reply = { header: (name: string, value: string) => void (name === 'set-cookie' && cookies.push(value)) };
  return { cookies, reply: reply as unknown as FastifyReply };
}

const binding = new BrowserBinding({ issuer: ISSUER });
const COOKIE = `__Host-vk_browser=${SECRET}`;
const FORM = `csrf=${binding.csrf(SECRET, 'consent:t1')}`;
const check = (headers: Record<string, string>, form = FORM, purpose = 'consent:t1') =>
  binding.check(requestWith({ cookie: COOKIE, ...headers }, form), purpose);

const refusal = (members: Partial<PageError>) => expect.objectContaining(members) as Error;

describe('attack class 223: cookies of the pages', () => {
  it('the browser gets a secret once: host-only, TLS only, for no script', () => {
    const { cookies, reply } = recordingReply();
    const secret = binding.of(requestWith({}), reply);
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(cookies).toEqual([`__Host-vk_browser=${secret}; Path=/; HttpOnly; SameSite=Lax; Secure`]);
    expect(binding.of(requestWith({ cookie: `a=b; __Host-vk_browser=${secret}` }), reply)).toBe(secret);
    expect(cookies).toHaveLength(1);
  });

  it('on http, which is loopback only, it goes without the prefix that browsers would refuse there', () => {
    const { cookies, reply } = recordingReply();
    new BrowserBinding({ issuer: 'http://127.0.0.1:8080' }).of(requestWith({}), reply);
    expect(cookies[0]).toMatch(/^vk_browser=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it.each([
    ['two of one name', `${COOKIE}; __Host-vk_browser=${'B'.repeat(43)}`],
    ['one without the prefix', `vk_browser=${SECRET}`],
    ['a short one', '__Host-vk_browser=A'],
    ['one with strange signs', `__Host-vk_browser=${'A'.repeat(42)}"`],
    ['none', 'a=b'],
  ])('%s counts as none', (_, cookie) => {
    expect(binding.find(requestWith({ cookie }))).toBeUndefined();
  });

  it('ends a cookie, and refuses a value that could add attributes', () => {
    const { cookies, reply } = recordingReply();
    const all = new PageCookies(ISSUER);
    all.clear(reply, 'session');
    expect(cookies).toEqual(['__Host-vk_session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0']);
    expect(() => all.set(reply, 'session', 'x; Domain=example')).toThrow(TypeError);
  });
});

describe('attack classes 24, 31, 215: a form counts only from our page, in its browser, for its purpose', () => {
  it.each([
    ['a browser with fetch metadata', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['a browser with Origin alone', { origin: ORIGIN }],
    ['a browser with both', { 'sec-fetch-site': 'same-origin', origin: ORIGIN }],
    ['a program that sends neither', {}],
  ])('%s is let through', (_, headers) => {
    expect(() => check(headers)).not.toThrow();
  });

  it.each([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site: a neighbour host', { 'sec-fetch-site': 'same-site', origin: 'https://other.as.example' }],
    ['no page at all', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'https://as.example:8443' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['metadata and origin at odds', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
  ])('attack class 216: %s is refused with 403', (_, headers) => {
    expect(() => check(headers)).toThrow(refusal({ status: 403, reason: 'form_of_another_origin' }));
  });

  it.each([
    ['no field', ''],
    ['an empty field', 'csrf='],
    ['another text', 'csrf=abc'],
    ['the field of another browser', `csrf=${binding.csrf('B'.repeat(43), 'consent:t1')}`],
    ['the field of another form', `csrf=${binding.csrf(SECRET, 'sign-in')}`],
    ['the field of another transaction', `csrf=${binding.csrf(SECRET, 'consent:t2')}`],
  ])('%s is refused with 403', (_, form) => {
    expect(() => check({}, form)).toThrow(refusal({ status: 403, reason: 'csrf_mismatch' }));
  });

  it('a browser without its cookie is refused with 403', () => {
    expect(() => binding.check(requestWith({}, FORM), 'consent:t1')).toThrow(
      refusal({ status: 403, reason: 'browser_unknown' }),
    );
  });

  it('a body that is no form is refused with 403', () => {
    const request = { headers: { cookie: COOKIE }, body: { csrf: 'x' } } as unknown as FastifyRequest;
    expect(() => binding.check(request, 'consent:t1')).toThrow(refusal({ status: 403 }));
  });
});
