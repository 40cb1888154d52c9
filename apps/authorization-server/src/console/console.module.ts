import { Module } from '@nestjs/common';
import { BrowserModule } from '../interaction/interaction.module.js';
import { OperatorsModule } from '../operator-api/operators.module.js';
import { ConsoleAssetRoutes } from './console-asset.routes.js';
import { ConsoleFiles } from './console-files.service.js';
import { ConsoleSignIn } from './console-sign-in.service.js';
import { ConsoleInteraction } from './console.interaction.js';
import { ConsoleRoutes } from './console.routes.js';

/** The consoles: their files, and the sign-in on the way to them. */
@Module({
  imports: [BrowserModule, OperatorsModule],
  providers: [ConsoleFiles, ConsoleInteraction, ConsoleSignIn, ConsoleAssetRoutes, ConsoleRoutes],
  exports: [ConsoleInteraction, ConsoleSignIn, ConsoleAssetRoutes, ConsoleRoutes],
})
export class ConsoleModule {}
