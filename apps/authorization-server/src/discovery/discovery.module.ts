import { Module } from '@nestjs/common';
import { ClientsModule } from '@valetkey/clients';
import { AuthorizationApiModule } from '../authorization-api/authorization-api.module.js';
import { DiscoveryRoutes } from './discovery.routes.js';
import { ServerMetadata } from './server-metadata.service.js';

/** Metadata and keys, public. */
@Module({ imports: [ClientsModule, AuthorizationApiModule], providers: [ServerMetadata, DiscoveryRoutes] })
export class DiscoveryModule {}
