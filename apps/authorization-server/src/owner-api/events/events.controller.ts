import { Controller, Get, Headers, Res, UseGuards } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import type { FastifyReply } from 'fastify';
import { languagesOf } from '../owner-pages.js';
import { Owner, OwnerGuard, OwnerSession, SessionOnly } from '../owner.guard.js';
import { OwnerEvents } from './owner-events.service.js';

const LINE = /^e[0-9A-Za-z_-]{1,60}$/;

/** {issuer}/me/events: what happens to the owner's things, and that something of others is new for her, as it happens. */
@Controller('me/events')
@UseGuards(OwnerGuard)
@SessionOnly()
export class EventsController {
  constructor(private readonly events: OwnerEvents) {}

  /** A stream that lasts as long as the session and the connection; an unknown Last-Event-ID is none. */
  @Get()
  async listen(
    @Owner() owner: OwnerId,
    @OwnerSession() { id, accountId }: Session,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = headers['last-event-id'];
    const stream = await this.events.listen({
      owner,
      accountId,
      sessionId: id,
      languages: languagesOf(headers['accept-language']),
      ...(after !== undefined && LINE.test(after) && { after }),
    });
    reply.raw.once('close', () => this.events.leave(stream));
    // Proxies that gather answers would keep news to themselves.
    void reply.headers({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' }).send(stream.output);
  }
}
