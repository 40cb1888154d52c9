import { Body, Controller, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import type { ConsentPreview } from '@valetkey/operator-contract';
import type { FastifyRequest } from 'fastify';
import { ConsentPage } from '../../authorization-api/authorize/consent-page.service.js';
import { parseBody } from '../../owner-api/owner-schemas.js';
import { Pages } from '../../pages/http/pages.service.js';
import { OperatorGuard } from '../operator.guard.js';
import { clientSettingsSchema } from './client-settings.js';
import { OperatedClients } from './operated-clients.service.js';

/**
 * {issuer}/operator-api/clients/preview and …/{client_id}/preview: what people would be asked with settings that are being written,
 * in the languages of the request. Settings that could not be registered are refused as they would be there; nothing is kept.
 */
@Controller('operator-api/clients')
@UseGuards(OperatorGuard)
export class ClientPreviewsController {
  constructor(
    private readonly clients: OperatedClients,
    private readonly consent: ConsentPage,
    private readonly pages: Pages,
  ) {}

  @Post('preview')
  @HttpCode(200)
  async ofNew(@Body() body: unknown, @Req() request: FastifyRequest): Promise<ConsentPreview> {
    return this.show(await this.clients.draft(settingsIn(body)), request);
  }

  @Post(':id/preview')
  @HttpCode(200)
  async ofChanged(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<ConsentPreview> {
    return this.show(await this.clients.draft(settingsIn(body), id), request);
  }

  private async show(client: Client, request: FastifyRequest): Promise<ConsentPreview> {
    const messages = this.pages.messages(request);
    const view = await this.consent.preview(client, messages);
    return view ? { html: this.pages.document(view, messages) } : {};
  }
}

function settingsIn(body: unknown) {
  return parseBody(clientSettingsSchema, body, 'client_malformed');
}
