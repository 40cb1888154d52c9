import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { HttpModule } from '../http/http.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { AnswerSender } from './answer-sender.service.js';
import { BrowserSession } from './browser-session.service.js';
import { CodeStep } from './code-step.service.js';
import { IdTokenHints } from './id-token-hints.service.js';
import { FirstFactors } from './first-factors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { InteractionKind } from './interaction-kind.js';
import { INTERACTION_KINDS } from './interaction-kind.js';
import { InteractionRoutes } from './interaction.routes.js';
import { InteractionOpener } from './interaction-opener.service.js';
import { InteractionParts } from './interaction-parts.service.js';
import { InteractionStarter } from './interaction-starter.service.js';
import { ReachableAcr } from './reachable-acr.service.js';
import { PasskeySignInFlow } from './passkey-sign-in.service.js';
import { PasswordStep } from './password-step.service.js';
import { SignInCompletion } from './sign-in-completion.service.js';
import { SignInPages } from './sign-in-pages.service.js';
import { SignInFlow } from './sign-in-flow.service.js';
import { VisitLimit } from './visit-limit.service.js';

/** What every way in that needs a person shares: her browser, her session, and the way back to the application. */
@Module({
  imports: [HttpModule, OAuthModule, PagesModule],
  providers: [AnswerSender, BrowserSession, IdTokenHints, InteractionStarter, ReachableAcr, VisitLimit],
  exports: [
    OAuthModule,
    PagesModule,
    AnswerSender,
    BrowserSession,
    IdTokenHints,
    InteractionStarter,
    ReachableAcr,
    VisitLimit,
  ],
})
export class BrowserModule {}

/** The pages of interactions, for the kinds that there are. */
@Module({})
export class InteractionModule {
  /**
   * @param kinds - the classes of the kinds
   * @param imports - the modules that provide them
   */
  static with(kinds: Type<InteractionKind>[], imports: Type<unknown>[]): DynamicModule {
    const list: Provider = {
      provide: INTERACTION_KINDS,
      useFactory: (...instances: InteractionKind[]) => instances,
      inject: kinds,
    };
    return {
      module: InteractionModule,
      imports: [BrowserModule, ...imports],
      providers: [
        list,
        CodeStep,
        FirstFactors,
        InteractionFlow,
        InteractionOpener,
        InteractionParts,
        PasskeySignInFlow,
        PasswordStep,
        SignInCompletion,
        SignInFlow,
        SignInPages,
        InteractionRoutes,
      ],
      exports: [InteractionRoutes],
    };
  }
}
