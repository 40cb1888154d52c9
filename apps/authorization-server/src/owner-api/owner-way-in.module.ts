import { Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { BrowserModule } from '../interaction/interaction.module.js';
import { OwnSession } from './own-session.service.js';

/** What the guard of the owner API needs: by a token, or by the session of a browser. */
@Module({
  imports: [HttpModule, BrowserModule],
  providers: [OwnSession],
  exports: [HttpModule, BrowserModule, OwnSession],
})
export class OwnerWayInModule {}
