import { Module } from '@nestjs/common';
import { HttpModule } from '../../http/http.module.js';
import { BrowserModule } from '../../interaction/interaction.module.js';
import { OwnerApiModule } from '../../owner-api/owner-api.module.js';
import { AskedSentences } from '../asked-sentences.service.js';
import { GivenConsents } from '../given-consents.service.js';
import { DeviceAuthorizationRoutes } from './device-authorization.routes.js';
import { DeviceCompletion } from './device-completion.service.js';
import { DevicePage } from './device-page.service.js';
import { DeviceInteraction } from './device.interaction.js';
import { DeviceRoutes } from './device.routes.js';
import { UserCodeEntry } from './user-code-entry.service.js';

/** Devices without a browser of their own (RFC 8628). */
@Module({
  imports: [HttpModule, BrowserModule, OwnerApiModule],
  providers: [
    AskedSentences,
    DeviceAuthorizationRoutes,
    DeviceCompletion,
    DeviceInteraction,
    DevicePage,
    DeviceRoutes,
    GivenConsents,
    UserCodeEntry,
  ],
  exports: [DeviceAuthorizationRoutes, DeviceInteraction, DeviceRoutes],
})
export class DeviceModule {}
