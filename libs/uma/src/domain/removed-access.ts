import type { AuthorizationRecord, KeptConsent } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { Policy } from './policy.js';

interface Remembered {
  readonly lastUsedAt: Instant | null;
}

/** A share as it was when it ended. */
export interface RemovedShare extends Remembered {
  readonly kind: 'share';
  readonly policy: Policy;
  /** As the resource was called. */
  readonly resourceName: string | null;
  readonly resourceServerId: string | null;
}

/** What an application held by the owner's consent. */
export interface RemovedConsent extends Remembered {
  readonly kind: 'consent';
  readonly record: Pick<
    AuthorizationRecord,
    'id' | 'clientId' | 'scopes' | 'createdAt' | 'expiresAt' | 'resourceServerId' | 'generation'
  > & {
    /** Absent in what ended before it was kept. */
    readonly origin?: AuthorizationRecord['origin'];
  };
  /** What it takes to give it again; absent where its client could not find it by asking again. */
  readonly again?: { readonly partyKey: string; readonly consent: KeptConsent };
}

/** Key of whoever held it, as policies name one person; `undefined` where nobody is told of its end. */
export function holderKeyOf(terms: RemovedTerms): string | undefined {
  if (terms.kind !== 'share') return undefined;
  const { subject } = terms.policy;
  return subject.type === 'account' || subject.type === 'partner' ? JSON.stringify(subject) : undefined;
}

export type RemovedTerms = RemovedShare | RemovedConsent;
