import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res, UseGuards } from '@nestjs/common';
import type { ClientOrigin, ListedClient, OperatedState } from '@valetkey/clients';
import { OperatedClientStore } from '@valetkey/clients';
import type { Page } from '@valetkey/kernel';
import { OAuthError, SecurityEvents } from '@valetkey/oauth';
import type {
  ClientRow,
  ClientView,
  ListAnswer,
  RegisteredClient,
  RemovedClient,
  RenewedSecret,
} from '@valetkey/operator-contract';
import type { FastifyReply } from 'fastify';
import { entityTag, requiredVersions } from '../../http/if-match.js';
import { filterOf, pageRequestOf } from '../../http/page-query.js';
import { isoText } from '../../owner-api/iso-text.js';
import { parseBody } from '../../owner-api/owner-schemas.js';
import { StateConflict } from '../../owner-api/state-conflict.js';
import type { Actor } from '../operator.guard.js';
import { Operator, OperatorGuard } from '../operator.guard.js';
import { ClientAnswers, countOf } from './client-answers.service.js';
import { CLIENT_PAGE } from './client-page.js';
import { clientSettingsSchema } from './client-settings.js';
import { OperatedClients } from './operated-clients.service.js';

const PASSING = { passthrough: true };
const STATES = /^(active|suspended|off)$/;
const ORIGINS = /^(configuration|operator|registration)$/;
const WORDS = /^[^\p{Cc}\p{Cs}]{0,200}$/u;

/** {issuer}/operator-api/clients: the applications of this server. */
@Controller('operator-api/clients')
@UseGuards(OperatorGuard)
export class ClientsController {
  constructor(
    private readonly store: OperatedClientStore,
    private readonly clients: OperatedClients,
    private readonly answers: ClientAnswers,
    private readonly events: SecurityEvents,
  ) {}

  @Get()
  async list(@Query() query: Record<string, unknown>): Promise<ListAnswer<ClientRow>> {
    const search = {
      words: filterOf(query, 'q', WORDS) ?? '',
      state: filterOf(query, 'state', STATES) as OperatedState | undefined,
      origin: filterOf(query, 'origin', ORIGINS) as ClientOrigin | undefined,
    };
    const page = await this.pageOf(() => this.store.page(search, pageRequestOf(query, CLIENT_PAGE)));
    const items = await Promise.all(page.items.map((client) => this.answers.row(client)));
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  @Get(':id')
  async read(@Param('id') id: string, @Res(PASSING) reply: FastifyReply): Promise<ClientView> {
    return this.view(id, reply);
  }

  @Post()
  async register(
    @Operator() { accountId }: Actor,
    @Body() body: unknown,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<RegisteredClient> {
    const { id, secret } = await this.clients.register(parseBody(clientSettingsSchema, body, 'client_malformed'));
    this.events.record({ event: 'client_registered', accountId, clientId: id });
    return { ...(await this.view(id, reply)), ...(secret !== undefined && { client_secret: secret }) };
  }

  @Put(':id')
  async replace(
    @Operator() { accountId }: Actor,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<RegisteredClient> {
    const expected = versionsOf(reply);
    const settings = parseBody(clientSettingsSchema, body, 'client_malformed');
    const changed = await this.clients.replace(id, settings, expected);
    if (!changed) return this.refuse(id, reply);
    this.events.record({ event: 'client_changed', accountId, clientId: id });
    const { secret } = changed;
    return { ...(await this.view(id, reply)), ...(secret !== undefined && { client_secret: secret }) };
  }

  @Post(':id/secret')
  async renewSecret(
    @Operator() { accountId }: Actor,
    @Param('id') id: string,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<RenewedSecret> {
    const made = await this.clients.renewSecret(id, versionsOf(reply));
    if (!made) return this.refuse(id, reply);
    const { secret, othersUntil } = made;
    this.events.record({ event: 'client_secret_renewed', accountId, clientId: id });
    return { client_secret: secret, former_until: isoText(othersUntil) ?? '' };
  }

  @Post(':id/suspend')
  @HttpCode(200)
  async suspend(
    @Operator() { accountId }: Actor,
    @Param('id') id: string,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<ClientView> {
    const isSuspended = await this.clients.suspend(id, versionsOf(reply));
    if (isSuspended === undefined) return this.refuse(id, reply);
    if (isSuspended) this.events.record({ event: 'client_suspended', accountId, clientId: id });
    return this.view(id, reply);
  }

  @Post(':id/resume')
  @HttpCode(200)
  async resume(
    @Operator() { accountId }: Actor,
    @Param('id') id: string,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<ClientView> {
    const isResumed = await this.clients.resume(id, versionsOf(reply));
    if (isResumed === undefined) return this.refuse(id, reply);
    if (isResumed) this.events.record({ event: 'client_resumed', accountId, clientId: id });
    return this.view(id, reply);
  }

  @Delete(':id')
  async remove(
    @Operator() { accountId }: Actor,
    @Param('id') id: string,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<RemovedClient> {
    const ended = await this.clients.remove(id, versionsOf(reply));
    if (!ended) return this.refuse(id, reply);
    const { people, grants } = ended;
    this.events.record({ event: 'client_removed', accountId, clientId: id });
    return { people: countOf(people), grants: countOf(grants) };
  }

  /** With how it is now. */
  private async refuse(id: string, reply: FastifyReply): Promise<never> {
    throw new StateConflict('precondition_failed', 'version_differs', await this.view(id, reply));
  }

  private async view(id: string, reply: FastifyReply): Promise<ClientView> {
    const client = await this.clients.find(id);
    reply.header('etag', entityTag(client.version));
    return this.answers.view(client);
  }

  /** @throws OAuthError invalid_request for a cursor that is none of this list's */
  private async pageOf(read: () => Promise<Page<ListedClient>>): Promise<Page<ListedClient>> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof SyntaxError) throw new OAuthError('invalid_request', 'page_malformed');
      throw error;
    }
  }
}

/** @throws OAuthError precondition_required where the request names none */
function versionsOf({ request }: FastifyReply): readonly number[] | undefined {
  return requiredVersions(request.headers['if-match']);
}
