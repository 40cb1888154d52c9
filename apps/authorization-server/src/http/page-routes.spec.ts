import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace } from '@valetkey/testing';
import type { FastifyInstance, RouteOptions } from 'fastify';
import Fastify from 'fastify';
import { PAGE_ROUTES, type PageRoute } from '../../../../test/support/page-routes.js';
import { AppModule } from '../app.module.js';
import { ConfigFolder, validSettings } from '../config/config.fixture.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { createLogger } from './logger.js';
import { PLAIN_ROUTES } from './register-routes.js';

const METHODS = ['GET', 'HEAD', 'POST'];

describe('attack class 215: the routes of pages', () => {
  const folder = new ConfigFolder();
  let place: DatabasePlace;
  let app: INestApplicationContext;
  const fastify: FastifyInstance = Fastify();
  const registered = new Map<string, Set<string>>();

  beforeAll(async () => {
    place = await createPlace('sqlite');
    const config = folder.load(validSettings());
    const logger = createLogger({ level: 'error', requests: 'none' }, 'command');
    const open = await place.open();
    app = await NestFactory.createApplicationContext(AppModule.with({ config, open, logger }), { logger: false });
    collectPages();
    for (const routes of PLAIN_ROUTES) app.get(routes).register(fastify, '');
    await fastify.ready();
  });
  afterAll(async () => {
    await fastify.close();
    await app?.close();
    await place?.remove();
    folder.remove();
  });

  /** What is registered in a scope of pages does its work; what refuses other methods is no page. */
  function collectPages(): void {
    const errors = app.get(PageErrors);
    errors.refuseOtherMethods = () => undefined;
    errors.refuseOthersBelow = () => undefined;
    errors.scope = (outer, register) => {
      void outer.register((scope, _options, done) => {
        scope.addHook('onRoute', ({ url, method }: RouteOptions) => {
          registered.set(url, new Set([...(registered.get(url) ?? []), ...[method].flat()]));
        });
        register(scope);
        done();
      });
    };
  }

  const methodsOf = ({ head, post }: PageRoute) =>
    METHODS.filter((method) => method === 'GET' || (method === 'HEAD' ? head === 'shown' : post));

  it('are those that the tests of HEAD and of forms walk through, and no others', () => {
    const found = [...registered].map(([url, methods]) => [url, [...methods].sort()] as const);
    const listed = Object.entries(PAGE_ROUTES).map(([url, route]) => [url, methodsOf(route)] as const);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(listed));
  });
});
