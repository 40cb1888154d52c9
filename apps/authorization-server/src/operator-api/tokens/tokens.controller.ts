import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ClientStore } from '@valetkey/clients';
import { toPage } from '@valetkey/kernel';
import type { ClientTokens, TokensAnswer } from '@valetkey/operator-contract';
import { Metrics } from '../../health/metrics.service.js';
import { pageRequestOf } from '../../http/page-query.js';
import { OperatorGuard } from '../operator.guard.js';
import { largestFirst, positionAfter } from './token-pages.js';
import { TokenCensus } from './token-census.service.js';

/** A cursor holds a number and the longest identifier of a client, in base64url. */
const PAGE = { usual: 25, most: 100, cursor: 400 };

/** {issuer}/operator-api/tokens: what lives now, by application, and what this process's token endpoint answers. */
@Controller('operator-api/tokens')
@UseGuards(OperatorGuard)
export class TokensController {
  constructor(
    private readonly census: TokenCensus,
    private readonly clients: ClientStore,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  async list(@Query() query: Record<string, unknown>): Promise<TokensAnswer> {
    const { limit, after } = pageRequestOf(query, PAGE);
    const { at, byClient, isComplete } = await this.census.now();
    const rows = largestFirst(byClient, after).slice(0, limit + 1);
    const { items, next } = toPage(rows, limit, (row) => row, positionAfter);
    const names = await this.clients.names(items.map(({ clientId }) => clientId));
    return {
      items: items.map(({ clientId, counts, total }): ClientTokens => {
        const name = names.get(clientId)?.name;
        return { client_id: clientId, ...(name !== undefined && { client_name: name }), counts, total };
      }),
      ...(next !== undefined && { next_cursor: next }),
      counted_at: new Date(at).toISOString(),
      is_complete: isComplete,
      rates: this.metrics.tokenRates.answer(),
    };
  }
}
