import type { Client } from '@valetkey/clients';
import type { Confirmation, TokenOrder } from '@valetkey/tokens';

/**
 * The order with its tokens bound to the key that the request proved. A refresh token is bound only where its client cannot
 * prove who it is, and keeps the key that it has (RFC 9449 section 5, RFC 8705 section 4): the client's own authentication
 * binds the others.
 */
export function boundOrder(
  order: TokenOrder,
  client: Pick<Client, 'type'>,
  confirmation: Confirmation | undefined,
): TokenOrder {
  const { content, refresh } = order;
  const kept = refresh?.replaces?.token.confirmation;
  const ofRefresh = client.type === 'public' ? (kept ?? confirmation) : undefined;
  return {
    ...order,
    content: { ...content, confirmation },
    refresh: refresh && { ...refresh, content: { ...refresh.content, confirmation: ofRefresh } },
  };
}
