import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthorizationServerError } from '@valetkey/resource-server';
import { Connection } from '../connection.js';
import { demoSettings } from '../settings.js';
import { stopOnSignal } from '../web-service.js';
import { AlbumRegistration } from './album-registration.js';
import { PhotoServiceModule } from './photo-service.module.js';

const { server, ports, files } = demoSettings();
const connection = new Connection(files.connection('photo-service'));
const module = PhotoServiceModule.with({
  issuer: server,
  clientSecret: readFileSync(files.secret('photo-service'), 'utf8').trim(),
  connection,
  albumFile: files.albums,
  ownerKey: readFileSync(files.ownerKey, 'utf8').trim(),
});
const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter({ bodyLimit: 65_536 }), {
  logger: ['warn', 'error', 'fatal'],
});
stopOnSignal(() => app.close());

try {
  await app.get(AlbumRegistration).reconcile();
} catch (error) {
  if (!(error instanceof AuthorizationServerError) || error.code !== 'invalid_grant') throw error;
  connection.discard();
  console.error('Alice has ended the connection of the photo service. The next start makes a new one.');
  process.exit(1);
}
await app.listen({ host: '127.0.0.1', port: ports.photos });
