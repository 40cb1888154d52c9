/** The ceiling: a hand-written Fastify server (servers/bare.server.mjs). */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { basic, freePort, succeed, until } from '../machine/network.mjs';
import { SERVER_CORE, cpuOf, startPinned, stop } from '../machine/linux-process.mjs';
import { minter, tokenEndpointWork } from './token-endpoint-work.mjs';

const PROGRAM = fileURLToPath(new URL('../servers/bare.server.mjs', import.meta.url));
const FORM = 'grant_type=client_credentials&scope=api';

/** @param {string} origin */
const formWork = (origin) => ({
  load: () => ({
    script: /** @type {const} */ ('form'),
    url: `${origin}/form`,
    env: { BODY: FORM, EXPECT: '"ok":true' },
  }),
  check: () => succeed(`${origin}/form`, { form: FORM }),
});

/**
 * @param {import('./contender.mjs').Work} work
 * @param {import('./contender.mjs').Workspace} workspace
 * @returns {Promise<import('./contender.mjs').Site>}
 */
async function open(work, { folder }) {
  const [port, secret] = [await freePort(), randomBytes(32).toString('base64url')];
  const env = {
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE: join(folder, 'bare.sqlite'),
    CLIENT_SECRET: secret,
  };
  const began = performance.now();
  const server = startPinned(SERVER_CORE, [process.execPath, PROGRAM], { env });
  const origin = `http://127.0.0.1:${port}`;
  await until(() => succeed(`${origin}/form`, { form: FORM }), { what: 'the bare server', child: server });
  const startMs = performance.now() - began;
  const authorization = basic('bench', secret);
  const dialect = {
    origin,
    folder,
    tokenPath: '/token',
    introspectionPath: '/introspect',
    introspector: authorization,
    opaque: { authorization, body: FORM },
    jwt: { authorization, body: FORM, path: '/token/jwt' },
  };
  const pid = /** @type {number} */ (server.pid);
  return {
    pid,
    startMs,
    cpu: () => cpuOf(pid),
    ...(work === 'form' ? formWork(origin) : await tokenEndpointWork(work, dialect)),
    mint: minter(dialect),
    close: () => stop(server),
  };
}

/** @type {import('./contender.mjs').Contender} */
export const bare = { name: 'bare Fastify', open };
