import type { ActivityEntry } from '@valetkey/activity';
import type { ActivityKind } from '@valetkey/owner-contract';
import { accountHandle, partnerHandle } from '../subjects/subject-handle.js';
import type { EventStream } from './event-stream.js';

/** After these, what somebody holds, or asked for, reads otherwise. No other kind reaches anybody but its owner. */
const SEEN_BY_HOLDERS: ReadonlySet<ActivityKind> = new Set<ActivityKind>([
  ...(['asked', 'approved', 'denied', 'reopened', 'request_expired'] as const),
  ...(['given', 'changed', 'removed', 'given_back', 'ended', 'stopped'] as const),
  ...(['handed_over', 'handover_ended', 'invitation_accepted'] as const),
]);

/** What is new for those who listen. */
export interface News {
  /** Lines of the owner, oldest first. */
  ofOwner(owner: string): readonly ActivityEntry[];
  /** Whether something that others gave her, or that she asked them for, is another now. */
  isAbout(stream: Pick<EventStream, 'handles'>): boolean;
  /** Whether there is anything to tell. */
  isFor(stream: Pick<EventStream, 'handles' | 'listener'>): boolean;
}

/** Who a person is to other owners: her account, and whom partners name. */
export function handlesOf(
  accountId: string,
  identities: readonly { readonly issuer: string; readonly subject: string }[],
): ReadonlySet<string> {
  return new Set([
    accountHandle(accountId),
    ...identities.map(({ issuer, subject }) => partnerHandle(issuer, subject)),
  ]);
}

/** Sorts lines by whom they are for. Pure. */
export function newsOf(lines: readonly ActivityEntry[]): News {
  const byOwner = new Map<string, ActivityEntry[]>();
  for (const line of lines) byOwner.set(line.owner, [...(byOwner.get(line.owner) ?? []), line]);
  const holders = new Set(
    lines.flatMap(({ kind, owner, holder }) =>
      holder !== undefined && holder !== owner && SEEN_BY_HOLDERS.has(kind) ? [holder] : [],
    ),
  );
  const ofOwner = (owner: string) => byOwner.get(owner) ?? [];
  const isAbout = ({ handles }: Pick<EventStream, 'handles'>) => [...handles].some((handle) => holders.has(handle));
  return {
    ofOwner,
    isAbout,
    isFor: (stream) => ofOwner(stream.listener.owner).length > 0 || isAbout(stream),
  };
}
