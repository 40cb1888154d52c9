import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { pathOf } from '../http/register-routes.js';
import { openApiDocument } from './openapi-document.js';

/** Everything the page needs comes from this server; it may be framed by nobody. Styles are set by the page's own scripts. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** OpenAPI at {issuer}/docs to read and {issuer}/docs-json for programs; made when it is first asked for. */
export function serveDocumentation(app: NestFastifyApplication, config: Config): void {
  const prefix = pathOf(config.issuer);
  protectPage(app.getHttpAdapter().getInstance(), `${prefix}/docs`);
  const document = (): OpenAPIObject => openApiDocument(config.issuer, prefix) as unknown as OpenAPIObject;
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    useGlobalPrefix: true,
    customSiteTitle: 'Valetkey API',
    // A badge of a foreign host would tell it who reads this.
    swaggerOptions: { validatorUrl: null },
  });
}

/** Headers for the page, its assets and the document. */
function protectPage(fastify: FastifyInstance, path: string): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const url = request.routeOptions.url ?? '';
    if (url === path || url.startsWith(`${path}/`) || url === `${path}-json`) {
      reply.headers({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
    }
    done();
  });
}
