import { Controller, Delete, Get, HttpCode, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import { OAuthError } from '@valetkey/oauth';
import type { SessionView, SharingRules } from '@valetkey/owner-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { Operators } from '../operator-api/operators.service.js';
import { OwnerGuard, OwnerSession, SessionOnly } from './owner.guard.js';
import { OwnSession } from './own-session.service.js';
import { OwnerSettingsStore } from './settings/owner-settings.store.js';
import { SubjectNames } from './subjects/subject-names.service.js';

const SERVER_NAME = 'Valetkey';
/** {issuer}/me/session: who is signed in at the browser that asks. */
@Controller('me/session')
@UseGuards(OwnerGuard)
@SessionOnly()
export class SessionController {
  constructor(
    private readonly sessions: OwnSession,
    private readonly persons: Persons,
    private readonly settings: OwnerSettingsStore,
    private readonly names: SubjectNames,
    private readonly operators: Operators,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param zone - of the device, by its IANA name: in its days she counts unless she chose another. What is none is passed over */
  @Get()
  async read(
    @OwnerSession() session: Session,
    @Query('zone') zone: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const person = await this.persons.find(session.accountId);
    if (!person) throw new OAuthError('login_required', 'session_missing', {}, 401);
    const { id, name, username, email } = person;
    await this.settings.seeZone(id, zone);
    const { helpUrl, languages } = this.config.pages;
    return {
      csrf_token: this.sessions.csrfOf(session, request, reply),
      person: {
        id: `account:${id}`,
        name,
        short_name: (await this.names.of({ accounts: [id] })).account(id).short_name,
        username,
        ...(email !== null && { email }),
      },
      is_operator: this.operators.has(session),
      settings: await this.settings.of(id),
      languages,
      sharing: rulesOf(this.config),
      server_name: SERVER_NAME,
      ...(helpUrl !== undefined && { help_url: helpUrl }),
      ends_at: new Date(session.authTime + this.config.signIn.sessionLifetime).toISOString(),
    };
  }

  /** Signs out: the session ends here and at the clients that know it. */
  @Delete()
  @HttpCode(204)
  end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.sessions.end(request, reply);
  }
}

function rulesOf({ sharing }: Config): SharingRules {
  return {
    default_days: sharing.defaultDays,
    application_default_days: sharing.applicationDefaultDays,
    longest_days: sharing.longestDays,
    no_end: sharing.noEnd,
    directory: sharing.directory,
    invitations: sharing.invitations,
  };
}
