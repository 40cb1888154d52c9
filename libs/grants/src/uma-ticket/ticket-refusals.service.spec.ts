import type { GrantContext } from '@valetkey/oauth';
import type { Database } from '@valetkey/persistence';
import { WriteSet } from '@valetkey/persistence';
import type { ClaimSet, Evidence, PermissionTicket, UmaOptions } from '@valetkey/uma';
import { PermissionTicketStore } from '@valetkey/uma';
import type { TokenOptions } from '@valetkey/tokens';
import type { OwnerRequests } from './owner-requests.service.js';
import { TicketRefusals } from './ticket-refusals.service.js';
import { TicketSuccession } from './ticket-succession.service.js';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const OPTIONS = { pollInterval: 5_000, submittedTicketLifetime: 72 * HOUR } as UmaOptions;

const ticket = (expiresAt: number): PermissionTicket => ({
  hash: 'used',
  processId: 'first',
  position: 1,
  resourceServerId: 'photos',
  owner: 'account:alice',
  permissions: [],
  clientId: 'shop',
  requested: [],
  evidence: [],
  asked: [],
  requestId: 'q',
  pollInterval: 5_000,
  pollAfter: NOW + 5_000,
  expiresAt,
  usedAt: null,
});

/** The values of everything that a poll before its time writes. */
function writtenBy(used: PermissionTicket, evidence: Evidence = []): unknown[] {
  const writes = new WriteSet();
  const refusals = new TicketRefusals(
    new TicketSuccession(new PermissionTicketStore({} as Database)),
    {} as OwnerRequests,
    OPTIONS,
    {} as TokenOptions,
  );
  const context = { client: { id: 'shop' }, now: NOW, writes } as GrantContext;
  const gathered = { evidence, pushed: false, rejected: false, foreignPct: false };
  refusals.tooEarly({ ticket: used, context, gathered });
  return writes.steps.map(({ values }) => values);
}

describe('polling (UMA Grant section 3.3.6)', () => {
  it('UG-56 keeps the whole row of a used ticket for an hour, not for the days that the owner may take', () => {
    expect(writtenBy(ticket(NOW + 72 * HOUR))).toContainEqual([NOW + HOUR, 'used', NOW + HOUR]);
  });

  it('UG-56 leaves a used ticket alone that expires within the hour', () => {
    expect(writtenBy(ticket(NOW + HOUR))).toHaveLength(1);
  });

  it('UG-30 what the owner was asked for one person, another one does not wait for', () => {
    const set = (subject: string): ClaimSet => ({
      issuer: 'https://partner.example',
      subject,
      claims: {},
      obtainedAt: NOW,
    });
    const ofCarol = { ...ticket(NOW + HOUR), evidence: [set('carol-1')] };
    const [again, other] = [set('carol-1'), set('dave-2')].map((one) => writtenBy(ofCarol, [one])[0]);
    expect(again).toContain('q');
    expect(other).not.toContain('q');
  });
});
