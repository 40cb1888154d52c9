import type { Client } from '@valetkey/clients';

/** How many assertions leave a mark behind (RFC 7523 section 3 item 7; attack class 264). The application, which counts, provides it. */
export abstract class AssertionRates {
  /**
   * Counts an assertion that is good, before it is marked. Only those of clients that anybody may have made: they have keys as many as
   * they like, and a mark stays however the request ends.
   * @param address - where it comes from
   * @throws OAuthError temporarily_unavailable, status 429
   */
  abstract assertion(client: Client, address: string): Promise<void>;
}
