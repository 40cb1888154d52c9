import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';
import type { JWK } from 'jose';
import { html, page, PAGE_HEADERS } from '../page.js';
import { demoSettings } from '../settings.js';
import { serve } from '../web-service.js';
import { IdTokens, USERS } from './id-tokens.js';

const { partner, ports, files } = demoSettings();
const apiKey = readFileSync(files.partnerApiKey, 'utf8').trim();
const idTokens = await IdTokens.of(partner, JSON.parse(readFileSync(files.partnerPrivateKey, 'utf8')) as JWK);

const app = fastify({ bodyLimit: 16_384 });

app.get('/', (_request, reply) =>
  reply.headers(PAGE_HEADERS).send(
    page(
      'Example partner',
      html`<p>An identity provider of another organisation. It knows these people and signs ID tokens about them:</p>
        <ul>
          ${[...USERS].map(([name, user]) => html`<li><b>${name}</b>, ${user.name}, ${user.email}</li>`)}
        </ul>
        <p>
          The authorization server knows nothing of it but its public key (<a href="/jwks">/jwks</a>), which stands in
          the server's configuration.
        </p>`,
    ),
  ),
);

app.get('/jwks', () => ({ keys: [idTokens.publicKey] }));

app.post<{ Body: { user: string; audience: string } }>(
  '/id-tokens',
  {
    schema: {
      body: {
        type: 'object',
        required: ['user', 'audience'],
        additionalProperties: false,
        properties: { user: { type: 'string', maxLength: 64 }, audience: { type: 'string', maxLength: 256 } },
      },
    },
    onRequest: async (request, reply) => {
      if (!isKey(request.headers.authorization)) {
        await reply.code(401).header('www-authenticate', 'Bearer realm="partner"').send({ error: 'invalid_token' });
      }
    },
  },
  async (request, reply) => {
    const user = USERS.get(request.body.user);
    if (!user) return reply.code(404).send({ error: 'not_found' });
    const idToken = await idTokens.issue(user, { audience: request.body.audience, presenter: 'print-shop' });
    return reply.header('cache-control', 'no-store').send({ id_token: idToken });
  },
);

await serve(app, ports.partner);

/** Hashed before they are compared, so that time tells nothing about where they differ. */
function isKey(authorization = ''): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${apiKey}`));
}
