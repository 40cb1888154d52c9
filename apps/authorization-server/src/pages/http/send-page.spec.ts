import Fastify from 'fastify';
import { html } from '../kit/html.js';
import { StyleRoutes } from '../style/style.routes.js';
import { STYLESHEET, STYLESHEET_PATH } from '../style/stylesheet.js';
import { contentSecurityPolicy, formActionSource } from './content-security-policy.js';
import { Pages } from './pages.service.js';

describe('the policy of a page', () => {
  it.each([
    ['https://app.example/cb?x=1', 'https://app.example'],
    ['https://APP.example:8443/cb', 'https://app.example:8443'],
    ['https://ümlaut.example/', 'https://xn--mlaut-jva.example'],
    ['http://127.0.0.1:53124/cb', 'http://127.0.0.1:53124'],
    ['http://[::1]:53124/cb', 'http://*:53124'],
    ['http://[::1]/cb', 'http://*:80'],
    ['https://[::1]/cb', 'https://*:443'],
    ['com.example.app:/cb', 'com.example.app:'],
  ])('RFC 8252 §7: a form may end at %s', (address, source) => {
    expect(formActionSource(address)).toBe(source);
  });

  it.each([
    'https://a;script-src.example/',
    'https://a,b.example/',
    "https://'self'/",
    'https://*/',
    'https://[2001:db8::1]/',
  ])('attack class 220: %s cannot end the directive', (address) => {
    expect(() => formActionSource(address)).toThrow(TypeError);
  });

  it('allows no script, no foreign content and no frame', () => {
    expect(contentSecurityPolicy(['https://app.example/cb', 'https://app.example/other'])).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' https://app.example; frame-ancestors 'none'; base-uri 'none'",
    );
  });
});

describe('attack classes 35, 217, 235: header fields of a page', () => {
  const send = async (issuer: string) => {
    const fastify = Fastify();
    const pages = new Pages({ issuer, pages: { languages: ['en', 'de'] } });
    const view = { title: 'T', body: html`<h1>T</h1>` };
    fastify.get('/', (_request, reply) => pages.send(reply, view, { locale: 'de', status: 403 }));
    return fastify.inject('/');
  };

  it('is never kept, framed, sniffed or told of', async () => {
    const { headers, statusCode } = await send('https://as.example');
    expect(statusCode).toBe(403);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-language': 'de',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('finds its style sheet below the path of the issuer', async () => {
    const { body } = await send('https://as.example/tenant');
    expect(body).toContain(`href="/tenant${STYLESHEET_PATH}"`);
    expect(body).toContain('as.example');
  });
});

describe('RFC 8246: the style sheet', () => {
  const fastify = Fastify();
  new StyleRoutes().register(fastify, '/tenant');

  it('is kept for ever under the name of its content', async () => {
    const { headers, body } = await fastify.inject(`/tenant${STYLESHEET_PATH}`);
    expect(body).toBe(STYLESHEET);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it('another name is not found, another method not allowed', async () => {
    expect((await fastify.inject('/tenant/pages/valetkey-0000000000000000.css')).statusCode).toBe(404);
    expect((await fastify.inject({ method: 'POST', url: `/tenant${STYLESHEET_PATH}` })).statusCode).toBe(405);
  });
});
