import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AccountChange } from '../domain/account-notice.js';
import type { Person } from '../domain/person.js';
import { AccountNotices } from '../notices/account-notices.service.js';
import { FormerAccess } from '../passwords/former-access.service.js';
import type { LostThing } from './sign-in-factors.service.js';
import { SignInFactors } from './sign-in-factors.service.js';

/** What was taken away, none or so many of each, and what is left. */
export interface Removed {
  readonly app: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: number;
  readonly sessions: number;
  /** Whether the account can still sign in by password. */
  readonly hasPassword: boolean;
}

/** The operator's help for who has lost a device, or had it stolen. */
@Injectable()
export class LostDevices {
  constructor(
    private readonly factors: SignInFactors,
    private readonly former: FormerAccess,
    private readonly notices: AccountNotices,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /** Takes the things away, and ends every session of the account with what came of it, in one step; the person is to hear of it. */
  async remove({ id }: Person, lost: readonly LostThing[]): Promise<Removed> {
    const { password, app, recoveryCodes, passkeys } = await this.factors.of(id);
    const taken = {
      app: lost.includes('app') && app,
      recoveryCodes: lost.includes('app') || lost.includes('recovery_codes') ? recoveryCodes : 0,
      passkeys: lost.includes('passkeys') ? passkeys : 0,
    };
    const changes = changesOf(taken);
    const writes = new WriteSet();
    this.factors.remove(writes, id, lost);
    for (const change of changes) this.notices.tell(writes, id, change);
    // Last: a session that begins meanwhile is seen.
    const place = writes.steps.length;
    this.former.end(writes, id, this.clock.now());
    const sessions = (await this.database.commit(writes))[place] ?? 0;
    for (const change of changes) this.notices.record(id, change);
    this.events.record({ event: 'sessions_ended', reason: 'lost_device', accountId: id });
    return { ...taken, sessions, hasPassword: password };
  }
}

function changesOf({ app, recoveryCodes, passkeys }: Omit<Removed, 'sessions' | 'hasPassword'>): AccountChange[] {
  return [
    ...(app ? (['operator_removed_app'] as const) : []),
    ...(!app && recoveryCodes > 0 ? (['operator_removed_recovery_codes'] as const) : []),
    ...(passkeys > 0 ? (['operator_removed_passkeys'] as const) : []),
  ];
}
