import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify, type FastifyRequest } from 'fastify';
import { AuthorizationServer, grantedToken, Protected, ProtectionClient, umaHook, umaMiddleware } from './index.js';
import { clientSecretBasic, UmaProtection, UmaSettings } from './index.js';
import { StubAuthorizationServer } from './testing/stub-authorization-server.js';

@Controller()
class AlbumController {
  @Get('albums/:id')
  @Protected({ resource: (request: { params: { id: string } }) => request.params.id, scopes: ['view'] })
  read(@Req() request: FastifyRequest) {
    return { client: grantedToken(request)?.clientId };
  }
}

const protection = new UmaProtection('photos');
const resourceOf = (stub: StubAuthorizationServer) => {
  const authentication = clientSecretBasic('rs', 'secret');
  const owner = new ProtectionClient(new AuthorizationServer({ issuer: stub.issuer, authentication }), { cacheMs: 0 });
  return (name: string) => (name === 'winter' ? { id: 'r1', owner } : undefined);
};

async function nest(stub: StubAuthorizationServer) {
  const settings: UmaSettings = { protection, find: resourceOf(stub) };
  @Module({ controllers: [AlbumController], providers: [{ provide: UmaSettings, useValue: settings }] })
  class AlbumModule {}
  const app = await NestFactory.create(AlbumModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}

async function hook(stub: StubAuthorizationServer) {
  const app = fastify();
  const find = resourceOf(stub);
  const resource = (request: FastifyRequest) => find((request.params as { id: string }).id);
  const onRequest = umaHook({ protection, resource, scopes: ['view'] });
  app.get('/albums/:id', { onRequest }, async (request) => ({ client: grantedToken(request)?.clientId }));
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
}

async function middleware(stub: StubAuthorizationServer) {
  const find = resourceOf(stub);
  const protect = umaMiddleware({
    protection,
    resource: (request) => find(request.url?.split(/[/?]/)[2] ?? ''),
    scopes: ['view'],
  });
  const server = createServer((request, response) =>
    protect(request, response, () => response.end(JSON.stringify({ client: grantedToken(request)?.clientId }))),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

describe.each([
  ['Nest guard', nest],
  ['Fastify hook', hook],
  ['node:http middleware', middleware],
])('%s', (_name, start) => {
  let stub: StubAuthorizationServer;
  let app: { url: string; close: () => Promise<unknown> };
  beforeAll(async () => {
    stub = await StubAuthorizationServer.start();
    app = await start(stub);
  });
  afterAll(async () => {
    await app.close();
    await stub.stop();
  });
  beforeEach(() => void stub.reset());
  const get = (path: string, authorization?: string) =>
    fetch(`${app.url}${path}`, { headers: authorization ? { authorization } : {} });

  it('UG-05 answers 401 with the challenge and a JSON body', async () => {
    const answer = await get('/albums/winter');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      `UMA realm="photos", as_uri="${stub.issuer}", ticket="ticket-1"`,
    );
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    await expect(answer.json()).resolves.toMatchObject({ error: 'invalid_token', ticket: 'ticket-1' });
  });

  it('serves a good token and tells the handler who holds it', async () => {
    const permissions = [{ resource_id: 'r1', resource_scopes: ['view'] }];
    stub.on('POST /introspect', () => ({ json: { active: true, client_id: 'print-shop', permissions } }));
    const answer = await get('/albums/winter', 'Bearer rpt');
    await expect(answer.json()).resolves.toEqual({ client: 'print-shop' });
  });

  it('UG-07 answers 403 with the warning when no ticket is to be had', async () => {
    stub.on('POST /uma/permission', () => ({ status: 500, json: {} }));
    const answer = await get('/albums/winter');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('warning')).toBe('199 - "UMA Authorization Server Unreachable"');
    expect(answer.headers.get('www-authenticate')).toBeNull();
    await expect(answer.json()).resolves.toMatchObject({ error: 'temporarily_unavailable' });
  });

  it('answers 404 for what is no resource, and 400 to a token in the query', async () => {
    expect((await get('/albums/summer')).status).toBe(404);
    expect((await get('/albums/winter?access_token=rpt')).status).toBe(400);
  });
});

describe('@Protected', () => {
  it('needs a scope when the program starts, not when somebody asks', () => {
    expect(() => Protected({ resource: () => '', scopes: [] })).toThrow(TypeError);
  });
});
