/**
 * What a hand-written Fastify server reaches when it does the least a token endpoint can do. Not a product: it shows
 * how far Node, Fastify and SQLite carry on this machine. Environment: PORT, DATABASE (file), CLIENT_SECRET.
 *
 *   POST /form        parses a form, answers JSON
 *   POST /token       client check, opaque token, one durable row; rows of one event-loop turn share a commit
 *   POST /token/jwt   client check, ES256 JWT, nothing stored
 *   POST /introspect  client check, one read by primary key
 */
import { createHash, generateKeyPairSync, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import { parse } from 'node:querystring';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const { PORT, DATABASE, CLIENT_SECRET = '' } = process.env;
const LIFETIME_SECONDS = 86_400;

const server = Fastify({ logger: false });
server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
  done(null, parse(text)),
);

const database = new Database(DATABASE);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(
  'create table token (hash blob primary key, client_id text, scope text, expires_at integer) without rowid',
);
const insert = database.prepare('insert into token values (?, ?, ?, ?)');
const byHash = database.prepare('select client_id, scope, expires_at from token where hash = ?');
const insertAll = database.transaction((waiting) => waiting.forEach(({ row }) => insert.run(row)));

const hashed = (text) => createHash('sha256').update(text).digest();
const secretHash = hashed(CLIENT_SECRET);
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** @returns {boolean} true when the request carries the one client's credentials */
function fromClient(request) {
  const [id, secret = ''] = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64')
    .toString()
    .split(':');
  return id === 'bench' && timingSafeEqual(hashed(secret), secretHash);
}

let waiting = [];
/** Resolves when the row is on disk. */
function durably(row) {
  return new Promise((resolve) => {
    if (waiting.push({ row, resolve }) > 1) return;
    setImmediate(() => {
      const batch = waiting;
      waiting = [];
      insertAll(batch);
      for (const { resolve: answer } of batch) answer();
    });
  });
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = base64url({ alg: 'ES256', typ: 'at+jwt', kid: 'bench' });

function accessJwt(scope) {
  const iat = nowSeconds();
  const claims = {
    iss: 'http://127.0.0.1',
    sub: 'bench',
    client_id: 'bench',
    aud: 'urn:bench',
    iat,
    exp: iat + LIFETIME_SECONDS,
    scope,
    jti: randomBytes(16).toString('base64url'),
  };
  const input = `${header}.${base64url(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const tokenAnswer = (token, scope) => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: LIFETIME_SECONDS,
  scope,
});
const clientOnly = async (request, reply) => {
  if (!fromClient(request)) return reply.code(401).send({ error: 'invalid_client' });
};

server.post('/form', async ({ body }) => ({ ok: true, grant_type: body.grant_type, scope: body.scope }));

server.post('/token', { preHandler: clientOnly }, async ({ body }) => {
  const token = randomBytes(32).toString('base64url');
  await durably([hashed(token), 'bench', body.scope, nowSeconds() + LIFETIME_SECONDS]);
  return tokenAnswer(token, body.scope);
});

server.post('/token/jwt', { preHandler: clientOnly }, async ({ body }) =>
  tokenAnswer(accessJwt(body.scope), body.scope),
);

server.post('/introspect', { preHandler: clientOnly }, async ({ body }) => {
  const row = byHash.get(hashed(body.token));
  return row
    ? { active: true, client_id: row.client_id, scope: row.scope, exp: row.expires_at, token_type: 'Bearer' }
    : { active: false };
});

await server.listen({ port: Number(PORT), host: '127.0.0.1' });
