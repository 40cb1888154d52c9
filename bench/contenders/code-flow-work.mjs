/** Persons who sign in and let an application know them: their load, and the proof that what it gets is right. */
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { exchange, succeed } from '../machine/network.mjs';
import { Browser } from '../machine/browser.mjs';

/** As many as there are connections: each is a person of her own. */
export const PERSONS = 32;
export const CALLBACK = 'https://client.example/callback';
const SCOPE = 'openid profile';
/** Kept for all flows: what it costs to make one is the client's. */
const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/**
 * What differs from server to server.
 * @typedef {object} FlowDialect
 * @property {string} origin
 * @property {string} folder
 * @property {string} authorizePath
 * @property {string} tokenPath
 * @property {string} userInfoPath
 * @property {string} jwksPath
 * @property {{ id: string, authorization: string }} client
 * @property {(page: import('../machine/browser.mjs').Page, person: number) => { action: string, typed: Record<string, string> }} fillIn what
 *   a person does with a page on her way
 */

/** @param {FlowDialect} dialect @param {number} person */
export function authorizePath({ authorizePath, client }, person) {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: CALLBACK,
    scope: SCOPE,
    state: 'state',
    nonce: 'nonce',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    login_hint: nameOf(person),
  });
  return `${authorizePath}?${parameters}`;
}

/** @param {number} person */
export const nameOf = (person) => `person-${person}`;

const tokenBody = () =>
  new URLSearchParams({ grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: VERIFIER }).toString();

/**
 * The whole way, page by page.
 * @param {FlowDialect} dialect
 * @param {number} person
 * @param {Browser} browser hers
 * @returns {Promise<{ access_token: string, id_token: string }>}
 */
async function signIn(dialect, person, browser) {
  let page = await browser.open(dialect.origin + authorizePath(dialect, person));
  for (let step = 0; !page.left && step < 5; step++) {
    const { action, typed } = dialect.fillIn(page, person);
    page = await browser.submit(page, action, typed);
  }
  const code = page.left?.searchParams.get('code');
  if (!code) throw new Error(`no code for ${nameOf(person)}: ${page.left ?? page.text.slice(0, 400)}`);
  return succeed(dialect.origin + dialect.tokenPath, {
    headers: { authorization: dialect.client.authorization },
    form: `${tokenBody()}&code=${encodeURIComponent(code)}`,
  });
}

/** @param {FlowDialect} dialect @param {string} token */
const claimsFor = ({ origin, userInfoPath }, token) =>
  exchange(origin + userInfoPath, { method: 'GET', headers: { authorization: `Bearer ${token}` } });

/** @param {FlowDialect} dialect @param {{ access_token: string, id_token: string }} tokens */
async function checkTokens(dialect, { access_token: token, id_token: idToken }) {
  const keys = createRemoteJWKSet(new URL(dialect.origin + dialect.jwksPath));
  const { payload } = await jwtVerify(idToken, keys, { algorithms: ['ES256'], audience: dialect.client.id });
  if (payload.nonce !== 'nonce') throw new Error('the ID token is not for this request');
  const answer = await claimsFor(dialect, token);
  if (answer.status !== 200 || answer.body?.sub !== payload.sub) throw new Error(`UserInfo answered ${answer.text}`);
  const stranger = await claimsFor(dialect, `${token.slice(0, -2)}xx`);
  if (stranger.status !== 401) throw new Error(`UserInfo answered a made-up token with ${stranger.status}`);
}

/**
 * @param {'code-flow' | 'user-info'} work
 * @param {FlowDialect} dialect
 * @returns {Promise<Pick<import('./contender.mjs').Site, 'load' | 'check'>>}
 */
export async function codeFlowWork(work, dialect) {
  const browsers = Array.from({ length: PERSONS }, () => new Browser(dialect.origin));
  const tokens = [];
  for (const [person, browser] of browsers.entries()) tokens.push(await signIn(dialect, person, browser));
  const check = async () => checkTokens(dialect, await signIn(dialect, 0, browsers[0]));
  if (work === 'user-info') {
    const file = join(dialect.folder, 'user-tokens');
    writeFileSync(file, tokens.map((one) => one.access_token).join('\n'));
    const env = { TOKENS_FILE: file, EXPECT: '"sub"' };
    return { check, load: () => ({ script: 'user-info', url: dialect.origin + dialect.userInfoPath, env }) };
  }
  const file = join(dialect.folder, 'cookies');
  writeFileSync(file, browsers.map((browser) => browser.cookies()).join('\n'));
  const env = {
    AUTHORIZE_PATH: authorizePath(dialect, 0).replace(/&login_hint=[^&]*/, ''),
    TOKEN_PATH: dialect.tokenPath,
    TOKEN_BODY: tokenBody(),
    AUTHORIZATION: dialect.client.authorization,
    COOKIES_FILE: file,
  };
  return {
    check,
    load: () => ({ script: 'code-flow', url: `${dialect.origin}/`, env, threadPerConnection: true }),
  };
}
