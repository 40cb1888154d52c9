import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenDatabase } from '@valetkey/persistence';
import type { HTTPMethods } from 'fastify';
import { openConfigured } from '../commands/open-application.js';
import { createApplication } from '../commands/start-server.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { createServerOptions } from '../http/fastify-options.js';
import { createLogger } from '../http/logger.js';
import type { OpenApiDocument } from './openapi-document.js';
import { openApiDocument } from './openapi-document.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const SILENT = createLogger({ level: 'silent', requests: 'none' });

/** `GET /me/policies/{id}` and the like, as addresses below the origin. */
function documentedOf(document: OpenApiDocument): string[] {
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const { servers = document.servers } = item as { servers?: { url: string }[] };
    const prefix = new URL(servers[0]?.url ?? '').pathname.replace(/\/$/, '');
    const methods = Object.keys(item).filter((name) => METHODS.includes(name));
    return methods.map((method) => `${method.toUpperCase()} ${prefix}${path}`);
  });
}

describe.each(['', '/t1'])('OpenAPI document of an issuer with the path %j', (issuerPath) => {
  let folder: string;
  let config: Config;
  let open: OpenDatabase;
  let app: NestFastifyApplication;
  const routes: { readonly method: HTTPMethods; readonly url: string }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-docs-'));
    const encryptionKey = randomBytes(32).toString('base64url');
    const path = join(folder, 'valetkey.yaml');
    await writeFile(path, `issuer: http://127.0.0.1:8080${issuerPath}\n`);
    const loaded = loadConfig({ path, env: { VALETKEY_KEY_ENCRYPTION_KEY: encryptionKey }, createMissing: true });
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    config = loaded.config;
    open = await openConfigured(config);
    const adapter = new FastifyAdapter(createServerOptions(config, SILENT));
    adapter.getInstance().addHook('onRoute', ({ url, method }) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    });
    app = await createApplication({ config, open, logger: SILENT }, adapter);
    await app.getHttpAdapter().getInstance().ready();
  }, 30_000);

  afterAll(async () => {
    await app.close();
    await open.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A route that only says that its method is not supported, or for all below an address that nothing is there, is none. */
  const served = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const { method, url } of routes) {
      if (method === 'HEAD') continue;
      const path = url.replace(':id', 'x').replace('*', 'x/y/z');
      // By the issuer's own name: pages that are opened by another one lead to it.
      const { host } = new URL(config.issuer);
      const answer = await app.inject({ method: method as 'GET', url: path, headers: { host } });
      const isNone = url.endsWith('/*') && answer.statusCode === 404;
      if (answer.statusCode !== 405 && !isNone) found.push(`${method} ${url.replace(/:(\w+)/, '{$1}')}`);
    }
    return found;
  };

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const outcome = await validator.validate(
      JSON.parse(JSON.stringify(openApiDocument(config.issuer, issuerPath))) as Record<string, unknown>,
    );
    expect(outcome).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('names every route that is registered, and no other', async () => {
    // The consoles are documents and files for people, no API.
    const assets = new RegExp(`^(GET|HEAD) ${issuerPath}/((docs|pages)/|(console|operator)(/(?!preview/)|$))`);
    const registered = (await served()).filter((route) => !assets.test(route));
    expect([...new Set(registered)].sort()).toEqual(documentedOf(openApiDocument(config.issuer, issuerPath)).sort());
  });

  it('refers to nothing that is not there, and gives every operation its own name', () => {
    const document = openApiDocument(config.issuer, issuerPath);
    const text = JSON.stringify(document);
    const { schemas, responses } = document.components as { schemas: object; responses: object };
    const present = [
      ...Object.keys(schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(responses).map((name) => `#/components/responses/${name}`),
    ];
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]));
    expect([...references].filter((one) => !present.includes(one ?? ''))).toEqual([]);
    const names = [...text.matchAll(/"operationId":"([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(names).size).toBe(names.length);
  });
});
