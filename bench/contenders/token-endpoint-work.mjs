/** The four kinds of work every OAuth server knows: their load, and the proof that the answers are right. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { exchange, many, succeed } from '../machine/network.mjs';

export const TOKENS_TO_INTROSPECT = 5000;
/** More than there are connections, for each of the two parts. */
export const REFRESH_FAMILIES = 1000;

/**
 * What differs from server to server.
 * @typedef {object} Dialect
 * @property {string} origin
 * @property {string} folder for the files of tokens
 * @property {string} tokenPath
 * @property {string} introspectionPath
 * @property {string} [jwksPath] undefined: its JWTs are not verified
 * @property {string} introspector Authorization header of the resource server
 * @property {{ authorization: string, body: string }} opaque request for an opaque token
 * @property {{ authorization: string, body: string, path?: string }} jwt request for a JWT
 * @property {{ authorization: string, tokens: string[] }} [refresh] two parts of REFRESH_FAMILIES, and one token more for the check
 */

/** @param {Dialect} dialect @param {{ authorization: string, body: string, path?: string }} request */
function requestToken({ origin, tokenPath }, { authorization, body, path = tokenPath }) {
  return succeed(origin + path, { headers: { authorization }, form: body });
}

/** @param {Dialect} dialect */
export const minter = (dialect) => async () =>
  /** @type {string} */ ((await requestToken(dialect, dialect.opaque)).access_token);

/** @param {Dialect} dialect @param {string} token */
async function expectActive({ origin, introspectionPath, introspector }, token) {
  const ask = (/** @type {string} */ value) =>
    exchange(origin + introspectionPath, { headers: { authorization: introspector }, form: { token: value } });
  const answer = await ask(token);
  if (answer.body?.active !== true) throw new Error(`a fresh token is not active: ${answer.status} ${answer.text}`);
  const other = await ask(`${token.slice(0, -2)}xx`);
  if (other.body?.active === true) throw new Error('a token that was never issued is active');
}

/** @param {Dialect} dialect */
function opaqueTokens(dialect) {
  const { authorization, body } = dialect.opaque;
  return {
    load: () => ({
      script: 'form',
      url: dialect.origin + dialect.tokenPath,
      env: { AUTHORIZATION: authorization, BODY: body, EXPECT: '"access_token"' },
    }),
    check: async () => expectActive(dialect, (await requestToken(dialect, dialect.opaque)).access_token),
  };
}

/** @param {Dialect} dialect */
function jwtTokens(dialect) {
  const { authorization, body, path = dialect.tokenPath } = dialect.jwt;
  return {
    load: () => ({
      script: 'form',
      url: dialect.origin + path,
      env: { AUTHORIZATION: authorization, BODY: body, EXPECT: '"access_token":"eyJ' },
    }),
    check: async () => {
      const { access_token: token } = await requestToken(dialect, dialect.jwt);
      if (!dialect.jwksPath) return;
      await jwtVerify(token, createRemoteJWKSet(new URL(dialect.origin + dialect.jwksPath)), {
        algorithms: ['ES256'],
        typ: 'at+jwt',
      });
    },
  };
}

/** @param {Dialect} dialect */
async function introspection(dialect) {
  const tokens = await many(TOKENS_TO_INTROSPECT, minter(dialect));
  const file = join(dialect.folder, 'tokens');
  writeFileSync(file, tokens.join('\n'));
  const env = { AUTHORIZATION: dialect.introspector, TOKENS_FILE: file, EXPECT: '"active":true' };
  return {
    load: () => ({ script: 'introspection', url: dialect.origin + dialect.introspectionPath, env }),
    check: () => expectActive(dialect, tokens[0]),
  };
}

/** @param {Dialect} dialect */
function refresh(dialect) {
  if (!dialect.refresh) throw new Error('this server has no refresh tokens');
  const { authorization, tokens } = dialect.refresh;
  const files = [0, 1].map((part) => {
    const file = join(dialect.folder, `refresh-${part}`);
    writeFileSync(file, tokens.slice(part * REFRESH_FAMILIES, (part + 1) * REFRESH_FAMILIES).join('\n'));
    return file;
  });
  let token = tokens[2 * REFRESH_FAMILIES];
  return {
    load: (/** @type {0 | 1} */ part) => ({
      script: 'refresh',
      url: dialect.origin + dialect.tokenPath,
      env: { AUTHORIZATION: authorization, TOKENS_FILE: files[part], EXPECT: '"access_token"' },
    }),
    check: async () => {
      const answer = await requestToken(dialect, {
        authorization,
        body: `grant_type=refresh_token&refresh_token=${token}`,
      });
      if (!answer.refresh_token || answer.refresh_token === token) throw new Error('the refresh token was not rotated');
      token = answer.refresh_token;
      await expectActive(dialect, answer.access_token);
    },
  };
}

const WORKS = {
  'client-credentials-opaque': opaqueTokens,
  'client-credentials-jwt': jwtTokens,
  introspection,
  refresh,
};

/**
 * @param {import('./contender.mjs').Work} work
 * @param {Dialect} dialect
 * @returns {Promise<Pick<import('./contender.mjs').Site, 'load' | 'check'>>}
 */
export async function tokenEndpointWork(work, dialect) {
  const prepare = WORKS[work];
  if (!prepare) throw new Error(`no such work: ${work}`);
  return prepare(dialect);
}
