import { Module } from '@nestjs/common';
import { ClientsModule } from '@valetkey/clients';
import { PagesModule } from '../pages/pages.module.js';
import { AuthorizationApiModule } from '../authorization-api/authorization-api.module.js';
import { DiscoveryRoutes } from './discovery.routes.js';
import { FrontPageRoutes } from './front-page.routes.js';
import { ResourceMetadata } from './resource-metadata.service.js';
import { ServerMetadata } from './server-metadata.service.js';

/** Metadata, keys and the page that leads to them, public. */
@Module({
  imports: [ClientsModule, AuthorizationApiModule, PagesModule],
  providers: [ServerMetadata, ResourceMetadata, DiscoveryRoutes, FrontPageRoutes],
})
export class DiscoveryModule {}
