import { Module } from '@nestjs/common';
import { BrowserModule } from '../../interaction/interaction.module.js';
import { SignOutRequests } from './sign-out-requests.service.js';
import { SignOutRoutes } from './sign-out.routes.js';

/** Sign-out at the wish of an application. */
@Module({ imports: [BrowserModule], providers: [SignOutRequests, SignOutRoutes], exports: [SignOutRoutes] })
export class SignOutModule {}
