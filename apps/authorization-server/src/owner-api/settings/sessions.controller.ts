import { Controller, Delete, Get, HttpCode, Param, Query, Res, UseGuards } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Sessions } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { ListAnswer, SignInSessionRow } from '@valetkey/owner-contract';
import type { FastifyReply } from 'fastify';
import { pageRequestOf } from '../../http/page-query.js';
import { deviceName } from '../../pages/kit/device-name.js';
import { messagesFor } from '../../pages/messages/messages-for.js';
import type { Messages } from '../../pages/messages/messages.js';
import { isoText } from '../iso-text.js';
import { accountOfOwner } from '../subjects/subject-handle.js';
import { OWNER_PAGE } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard, OwnerSession, SessionOnly } from '../owner.guard.js';

/** {issuer}/me/sessions: where the person is signed in. */
@Controller('me/sessions')
@UseGuards(OwnerGuard)
@SessionOnly()
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @OwnerSession() present: Session,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<SignInSessionRow>> {
    const { items, next } = await this.sessions.page(accountOfOwner(owner), pageRequestOf(query, OWNER_PAGE));
    const messages = messagesFor(reply.request.headers['accept-language']);
    const rows = items.map((session) => rowOf(session, session.id === present.id, messages));
    return { items: rows, ...(next !== undefined && { next_cursor: next }) };
  }

  @Delete(':id')
  @Changes()
  @HttpCode(204)
  async end(@Owner() owner: OwnerId, @Param('id') id: string): Promise<void> {
    if (!(await this.sessions.end(id, accountOfOwner(owner)))) throw new OAuthError('not_found', 'not_found');
  }
}

function rowOf(session: Session, current: boolean, messages: Messages): SignInSessionRow {
  return {
    id: session.id,
    current,
    browser: deviceName(session.userAgent, messages),
    signed_in_at: isoText(session.authTime) ?? '',
    last_seen_at: isoText(session.lastSeenAt) ?? '',
  };
}
