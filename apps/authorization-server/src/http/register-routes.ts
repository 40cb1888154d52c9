import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DpopProofs, OAuthError } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Logger } from 'pino';
import { AccountRoutes } from '../account-pages/account.routes.js';
import { RecoveryRoutes } from '../account-pages/recovery.routes.js';
import { GrantsRoutes } from '../authorization-api/grants/grants.routes.js';
import { ParRoutes } from '../authorization-api/par/par.routes.js';
import { ConsoleAssetRoutes } from '../console/console-asset.routes.js';
import { ConsoleRoutes } from '../console/console.routes.js';
import { AuthorizeRoutes } from '../authorization-api/authorize/authorize.routes.js';
import { ClaimsRoutes } from '../authorization-api/claims/claims.routes.js';
import { DeviceAuthorizationRoutes } from '../authorization-api/device/device-authorization.routes.js';
import { DeviceRoutes } from '../authorization-api/device/device.routes.js';
import { InvitationRoutes } from '../invitations/invitation.routes.js';
import { InteractionRoutes } from '../interaction/interaction.routes.js';
import { RegistrationRoutes } from '../authorization-api/registration/registration.routes.js';
import { RevocationRoutes } from '../authorization-api/revocation/revocation.routes.js';
import { SignOutRoutes } from '../authorization-api/sign-out/sign-out.routes.js';
import { TokenRoutes } from '../authorization-api/token/token.routes.js';
import { UserInfoRoutes } from '../authorization-api/userinfo/user-info.routes.js';
import type { Config } from '../config/config.js';
import { DiscoveryRoutes } from '../discovery/discovery.routes.js';
import { FrontPageRoutes } from '../discovery/front-page.routes.js';
import { HealthRoutes } from '../health/health.routes.js';
import { Metrics } from '../health/metrics.service.js';
import { ClientPreviewRoutes } from '../operator-api/clients/client-preview.routes.js';
import { StyleRoutes } from '../pages/style/style.routes.js';
import { IntrospectionRoutes } from '../protection-api/introspection/introspection.routes.js';
import { PermissionRoutes } from '../protection-api/permission/permission.routes.js';
import { ResourceRegistrationRoutes } from '../protection-api/resource-registration/resource-registration.routes.js';
import { useStrictBodyParsers } from './body-parsers.js';
import { readClientCertificates } from './client-certificate.js';
import { sendError } from './error.filter.js';
import { noticeForwarding } from './forwarded-by-stranger.js';
import { refuseOtherMethods } from './plain-routes.js';
import { newReference } from './reference.js';
import { pointToResourceMetadata } from './resource-metadata.js';

/** Routes that bypass Nest's pipeline; all others are controllers. */
export const PLAIN_ROUTES = [
  AuthorizeRoutes,
  ClaimsRoutes,
  DeviceAuthorizationRoutes,
  DeviceRoutes,
  InteractionRoutes,
  InvitationRoutes,
  SignOutRoutes,
  AccountRoutes,
  RecoveryRoutes,
  ConsoleAssetRoutes,
  ConsoleRoutes,
  ClientPreviewRoutes,
  TokenRoutes,
  ParRoutes,
  RegistrationRoutes,
  GrantsRoutes,
  RevocationRoutes,
  UserInfoRoutes,
  IntrospectionRoutes,
  PermissionRoutes,
  ResourceRegistrationRoutes,
  DiscoveryRoutes,
  StyleRoutes,
  FrontPageRoutes,
  HealthRoutes,
];

/** The owner API, the operator API and the documentation. */
const BY_NEST = /^\/(me\/|operator-api\/|docs(\/|-json$|$))/;

/** The issuer's path, under which everything but health is served; empty for none. */
export function pathOf(issuer: string): string {
  const { pathname } = new URL(issuer);
  return pathname === '/' ? '' : pathname;
}

/**
 * Lets controllers, and the documentation, refuse the methods they do not have with 405, as the plain routes do. Call it
 * before routes are registered, and what it returns when all are.
 */
export function refusalsForControllers(app: NestFastifyApplication, config: Config): () => void {
  const fastify = app.getHttpAdapter().getInstance();
  const prefix = pathOf(config.issuer);
  const isOfNest = (url: string) => url.startsWith(prefix) && BY_NEST.test(url.slice(prefix.length));
  const methods = new Map<string, HTTPMethods[]>();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (isOfNest(url)) methods.set(url, [...(methods.get(url) ?? []), ...[method].flat()]);
  });
  return () => {
    [...methods].forEach(([url, allowed]) => refuseOtherMethods(fastify, url, allowed, newReference));
    // Files of the documentation, whose own route comes when the server gets ready.
    refuseOtherMethods(fastify, `${prefix}/docs/*`, ['GET', 'HEAD']);
  };
}

/** Puts every route of the server in place, with strict parsers, measurements and one way to answer errors. */
export async function registerRoutes(app: NestFastifyApplication, config: Config, logger: Logger): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const prefix = pathOf(config.issuer);
  app.setGlobalPrefix(prefix);
  useStrictBodyParsers(fastify);
  readClientCertificates(fastify, config);
  noticeForwarding(fastify, logger);
  pointToResourceMetadata(fastify, config.issuer);
  handOutNonces(fastify, app.get(DpopProofs));
  observe(fastify, app.get(Metrics), config, logger);
  await fastify.register((scope, _options, done) => {
    scope.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendError(error, { request, reply, logger }),
    );
    scope.addHook('onRequest', refuseOldProtocol);
    for (const routes of PLAIN_ROUTES) app.get(routes).register(scope, prefix);
    done();
  });
}

/** Node answers what calls itself HTTP/0.9 as if it were 1.0; proxies in front may read it otherwise. */
function refuseOldProtocol(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  done(request.raw.httpVersionMajor < 1 ? new OAuthError('invalid_request', 'malformed_body') : undefined);
}

/** Every answer to a request with a proof brings the nonce for the next one, where nonces are demanded (RFC 9449 section 8.2). */
function handOutNonces(fastify: FastifyInstance, proofs: DpopProofs): void {
  if (proofs.nextNonce() === undefined) return;
  fastify.addHook('onRequest', (request, reply, done) => {
    const nonce = request.headers['dpop'] === undefined ? undefined : proofs.nextNonce();
    if (nonce !== undefined) void reply.header('dpop-nonce', nonce);
    done();
  });
}

function observe(fastify: FastifyInstance, metrics: Metrics, config: Config, logger: Logger): void {
  const { requests } = config.log;
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest(request, reply);
    const worthALine = requests === 'all' || (requests === 'errors' && reply.statusCode >= 400);
    if (worthALine) {
      const { method, id: requestId, ip: address } = request;
      // The route's pattern, never the address asked for: that may hold anything.
      const route = request.routeOptions.url;
      const { statusCode: status, elapsedTime } = reply;
      logger.info({ requestId, method, route, status, lasted: Math.round(elapsedTime), address }, 'request');
    }
    done();
  });
}
