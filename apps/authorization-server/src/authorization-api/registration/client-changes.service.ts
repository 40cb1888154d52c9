import { Injectable } from '@nestjs/common';
import { endAllOfClient } from '@valetkey/authorizations';
import type { Client, ClientOrigin } from '@valetkey/clients';
import { ClientStore } from '@valetkey/clients';
import { Clock, issueOpaqueValue, sha256 } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';

/** What is written when a client is made, changed or ended, whoever does it. */
@Injectable()
export class ClientChanges {
  constructor(
    private readonly clients: ClientStore,
    private readonly families: TokenFamilyStore,
    private readonly clock: Clock,
  ) {}

  /** @returns its secret, where it uses one: shown once, only its digest is kept */
  make(writes: WriteSet, client: Client, origin: ClientOrigin): string | undefined {
    this.clients.save(writes, client, origin, this.clock.now());
    return this.issueSecret(writes, client);
  }

  /**
   * A secret is made for a method that begins to use one, and ends with the method that used it.
   * @returns the secret that was made
   */
  replace(writes: WriteSet, { before, after }: Replacement, origin: ClientOrigin): string | undefined {
    const now = this.clock.now();
    this.clients.save(writes, after, origin, now);
    // Those of a public client are bound to a key or rotated from the beginning; these were bound by what it no longer proves.
    if (isLessProven(before, after)) this.families.revokeRefreshOfClient(writes, after.id, now);
    if (usesSecret(after)) return usesSecret(before) ? undefined : this.issueSecret(writes, after);
    this.clients.endSecrets(writes, after.id, now);
    return undefined;
  }

  /** The client, its secrets and all that it holds end at once. */
  end(writes: WriteSet, clientId: string): void {
    const now = this.clock.now();
    this.clients.disable(writes, clientId, now);
    this.clients.endSecrets(writes, clientId, now);
    endAllOfClient(writes, clientId, now);
  }

  private issueSecret(writes: WriteSet, client: Client): string | undefined {
    if (!usesSecret(client)) return undefined;
    const secret = issueOpaqueValue('cs');
    const now = this.clock.now();
    this.clients.addSecret(writes, { clientId: client.id, hash: sha256(secret), now, othersUntil: now });
    return secret;
  }
}

interface Replacement {
  readonly before: Client;
  readonly after: Client;
}

/** Whether it proves who it is by a secret. */
export function usesSecret({ authenticationMethod }: Pick<Client, 'authenticationMethod'>): boolean {
  return authenticationMethod === 'client_secret_basic' || authenticationMethod === 'client_secret_post';
}

function isLessProven(before: Client, after: Client): boolean {
  return before.type === 'confidential' && after.type === 'public';
}
