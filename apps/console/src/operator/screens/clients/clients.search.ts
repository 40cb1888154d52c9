import type { ClientOrigin, ClientState } from '@valetkey/operator-contract';

const STATES: readonly ClientState[] = ['active', 'suspended', 'off'];
const ORIGINS: readonly ClientOrigin[] = ['configuration', 'operator', 'registration'];

/** What the address of the screen says besides its path. */
export interface ClientsSearch {
  /** Part of a name, publisher or client_id. */
  readonly q?: string;
  readonly state?: ClientState;
  readonly origin?: ClientOrigin;
}

/** Reads it; what is malformed is left out. */
export function toClientsSearch({ q, state, origin }: Record<string, unknown>): ClientsSearch {
  const [ofState, ofOrigin] = [STATES.find((one) => one === state), ORIGINS.find((one) => one === origin)];
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }),
    ...(ofState && { state: ofState }),
    ...(ofOrigin && { origin: ofOrigin }),
  };
}
