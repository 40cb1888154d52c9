import type { AuthorizationStore } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { Database } from '@valetkey/persistence';
import type { TokenIssuer } from '@valetkey/tokens';
import { GrantExecution } from './grant-execution.service.js';
import type { Decision, GrantHandler } from './grant-handler.js';
import { refused } from './grant-handler.js';
import type { Recipients } from './recipients.service.js';
import type { SecurityEvent } from './security-events.js';
import { SecurityEvents } from './security-events.js';
import type { SingleUse } from './sender-constraint/sender-constraint.service.js';

class FixedClock extends Clock {
  now(): number {
    return 1_700_000_000_000;
  }
}

class KeptEvents extends SecurityEvents {
  readonly all: SecurityEvent[] = [];

  record(event: SecurityEvent): void {
    this.all.push(event);
  }
}

const CALLER = { client: { id: 'shop' } as Client, address: '192.0.2.1' };

/** Runs a grant that decides like this in turn, with a commit that fails so often first. */
async function run(decisions: readonly Decision[], failures: number, proof?: SingleUse) {
  const events = new KeptEvents();
  let decided = 0;
  const authorize = () => Promise.resolve(decisions[decided++] as Decision);
  let left = failures;
  const tryCommit = () => Promise.resolve((left -= 1) < 0);
  const execution = new GrantExecution(
    { insert: () => undefined } as unknown as AuthorizationStore,
    { mint: () => Promise.resolve({ access_token: 'x' }) } as unknown as TokenIssuer,
    { of: () => undefined } as unknown as Recipients,
    { tryCommit } as unknown as Database,
    events,
    new FixedClock(),
  );
  const handler = { grantType: 'test', parse: () => undefined, authorize } as GrantHandler;
  const answer = await execution.run(handler, undefined, { ...CALLER, proof }).catch((error: unknown) => error);
  return { answer, events: events.all, decided };
}

const noted = (decision: Decision): Decision => ({ ...decision, events: ['pct_of_another_client'] });
const granted = { outcome: 'granted', order: {} } as Decision;
const FROM = { clientId: 'shop', address: '192.0.2.1' };

describe('security events of a decision that was taken more than once', () => {
  it('are recorded once, whether the grant gives or refuses', async () => {
    for (const decision of [granted, refused('request_denied', 'not_permitted')]) {
      const { events, decided } = await run(Array<Decision>(4).fill(noted(decision)), 3);
      expect(decided).toBe(4);
      expect(events).toEqual([{ event: 'pct_of_another_client', ...FROM }]);
    }
  });

  it('are those of the decision that counts', async () => {
    const first = refused('invalid_grant', 'ticket_unknown');
    const second = refused('invalid_grant', 'ticket_used', { securityEvent: true });
    expect((await run([noted(first), second], 1)).events).toEqual([
      { event: 'grant_refused', reason: 'ticket_used', ...FROM },
    ]);
    expect((await run([second, first], 1)).events).toEqual([]);
  });

  it('are not recorded where nothing was decided in the end', async () => {
    const { answer, events, decided } = await run(Array<Decision>(20).fill(noted(granted)), 20);
    expect(answer).toMatchObject({ status: 503, code: 'temporarily_unavailable' });
    expect([decided, events]).toEqual([10, []]);
  });
});

describe('DP-02 a proof that counts once', () => {
  const proofOf = (...isUsed: boolean[]) => {
    const calls: string[] = [];
    const checkUnused = (): Promise<void> => {
      calls.push('check');
      return isUsed.shift() ? Promise.reject(new Error('used')) : Promise.resolve();
    };
    return { calls, proof: { useWith: () => void calls.push('use'), checkUnused } };
  };

  it('DP-02 is used up with what is granted, in each attempt, and looked at when that failed', async () => {
    const { calls, proof } = proofOf();
    expect((await run([granted, granted], 1, proof)).answer).toMatchObject({ status: 200 });
    expect(calls).toEqual(['use', 'check', 'use']);
  });

  it('DP-02 that was used in the meantime ends the request (attack class 185)', async () => {
    const { proof } = proofOf(true);
    const { answer, decided } = await run([granted, granted], 1, proof);
    expect([answer, decided]).toEqual([new Error('used'), 1]);
  });

  it('DP-02 is not used up by a refusal, and one that was used changes nothing (attack classes 185, 264)', async () => {
    const refusal = refused('invalid_grant', 'refresh_token_reused', { securityEvent: true });
    const fresh = proofOf(false);
    expect((await run([refusal], 0, fresh.proof)).answer).toMatchObject({ status: 400 });
    expect(fresh.calls).toEqual(['check']);
    const { answer, events } = await run([refusal], 0, proofOf(true).proof);
    expect([answer, events]).toEqual([new Error('used'), []]);
  });
});
