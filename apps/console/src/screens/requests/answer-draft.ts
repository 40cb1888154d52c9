import type { ApprovalDraft, OwnerSettings, RequestView, ScopeView, SharingRules } from '@valetkey/owner-contract';
import type { DraftAccess, Reader } from '@valetkey/wording';
import type { Duration, DurationProblem, Span } from '../../sharing/duration.js';
import { spanOf, usualDays } from '../../sharing/duration.js';
import { ownDays } from '../../sharing/own-days.js';
import { tickedBeforehand } from '../../sharing/ticked-beforehand.js';

/** An answer as it is being made. */
export interface AnswerContent extends Duration {
  /** Resource -> names of the scopes that are ticked. */
  readonly allowed: Readonly<Record<string, readonly string[]>>;
  readonly isExplaining: boolean;
  readonly reason: string;
}

export interface AnswerFrame {
  readonly reader: Pick<Reader, 'now' | 'zone'>;
  readonly rules: SharingRules;
  readonly settings: OwnerSettings;
}

/** Before anything is touched: what only looks, for as long as she usually gives, or as asked where that is less. */
export function firstContent(request: RequestView, frame: AnswerFrame): AnswerContent {
  const days = usualDays(ownDays(request.who, frame), frame.rules);
  const usual: Duration = { chip: `${days}`, first: '', last: '' };
  const [asked, own] = [proposedSpan(request, frame), spanOf(usual, frame)];
  const isSooner = asked !== undefined && typeof own !== 'string' && isShorter(asked, own.until);
  return {
    ...usual,
    ...(isSooner && { chip: 'proposed' as const }),
    allowed: Object.fromEntries(request.asked.map(({ resource, scopes }) => [resource.id, tickedBeforehand(scopes)])),
    isExplaining: false,
    reason: '',
  };
}

/** As long as was asked for, unless that is over, or more than the operator allows. */
export function proposedSpan({ asked_until: until }: RequestView, { reader, rules }: AnswerFrame): Span | undefined {
  if (until === undefined || Date.parse(until) <= reader.now) return undefined;
  const { longest_days: longest } = rules;
  return longest === null || Date.parse(until) - reader.now <= longest * 86_400_000 ? { until } : undefined;
}

export interface Drafted {
  /** Absent while something is missing. */
  readonly approval?: ApprovalDraft;
  readonly span: Span | DurationProblem;
  readonly isNothing: boolean;
  /** Less than was asked for. */
  readonly isLess: boolean;
}

/** What an approval would be. */
export function draftOf(request: RequestView, content: AnswerContent, frame: AnswerFrame): Drafted {
  const span = spanOf(content, { ...frame, proposed: proposedSpan(request, frame) });
  const chosen = request.asked
    .map(
      ({ resource, scopes }) => [resource.id, ticked(content, resource.id, scopes).map(({ scope }) => scope)] as const,
    )
    .filter(([, scopes]) => scopes.length > 0);
  const isNothing = chosen.length === 0;
  const askedFor = request.asked.reduce((count, { scopes }) => count + scopes.length, 0);
  const given = chosen.reduce((count, [, scopes]) => count + scopes.length, 0);
  return {
    span,
    isNothing,
    isLess: given < askedFor || isShorter(span, request.asked_until),
    ...(!isNothing && typeof span !== 'string' && { approval: { scopes: Object.fromEntries(chosen), ...span } }),
  };
}

function isShorter(span: Span | DurationProblem, than: string | null | undefined): boolean {
  if (typeof span === 'string' || typeof than !== 'string' || span.until === null) return false;
  return Date.parse(span.until) < Date.parse(than);
}

function ticked({ allowed }: AnswerContent, resourceId: string, scopes: readonly ScopeView[]): readonly ScopeView[] {
  return scopes.filter(({ scope, published }) => published && allowed[resourceId]?.includes(scope));
}

/** What would be given, ready to be said: one sentence for all resources that get the same. */
export function draftedAccess(request: RequestView, content: AnswerContent, span: Span): DraftAccess[] {
  const { who, through, asked } = request;
  const groups = new Map<string, DraftAccess>();
  for (const { resource, scopes } of asked) {
    const given = ticked(content, resource.id, scopes);
    if (given.length === 0) continue;
    const key = JSON.stringify(given.map(({ scope }) => scope));
    const resources = [...(groups.get(key)?.resources ?? []), resource];
    const by = who.id === through.id ? {} : { through };
    groups.set(key, { holder: who, ...by, scopes: given, resources, from: span.from, until: span.until });
  }
  return [...groups.values()];
}
