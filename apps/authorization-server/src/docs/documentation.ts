import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Config } from '../config/config.js';

/** OpenAPI at {issuer}/docs and {issuer}/docs-json. */
export function serveDocumentation(app: NestFastifyApplication, config: Config): void {
  const builder = new DocumentBuilder()
    .setTitle('Valetkey')
    .setDescription('Authorization server: OAuth 2.1, UMA 2.0 protection API, owner API')
    .setVersion('1')
    .addServer(config.issuer)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, builder);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'docs-json', useGlobalPrefix: true });
}
