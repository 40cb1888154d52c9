import type {
  AccessRow,
  DirectoryEntry,
  OwnerSettings,
  ResourceView,
  ScopeLevel,
  ScopeView,
  ShareChange,
  ShareDraft,
  SharingRules,
} from '@valetkey/owner-contract';
import type { Duration, DurationProblem, Span } from '../sharing/duration.js';
import { spanOf, usualDays } from '../sharing/duration.js';
import { ownDays } from '../sharing/own-days.js';

/** What has been filled in. */
export interface ShareForm {
  readonly who: DirectoryEntry | null;
  /** Absent: as it is beforehand. */
  readonly scopes?: readonly string[];
  /** Absent: as it is beforehand. */
  readonly duration?: Duration;
  readonly note: string;
}

export const EMPTY_FORM: ShareForm = { who: null, note: '' };

/** People are shared with most. */
const NOBODY = { kind: 'person' } as const;
const LEVELS: readonly ScopeLevel[] = ['see', 'change', 'act', 'share'];

/** What can be allowed on every one of the resources: what only looks first, what shares further last. */
export function commonScopes(resources: readonly ResourceView[]): readonly ScopeView[] {
  const [first, ...others] = resources.map(({ described_scopes: scopes }) => scopes);
  const common = (first ?? []).filter(({ scope }) =>
    others.every((scopes) => scopes.some((one) => one.scope === scope)),
  );
  return [...common].sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}

/** The share that the chosen one has already, which is changed rather than joined by another. */
export function changedShare({ who }: ShareForm): AccessRow | undefined {
  const current = who?.current;
  return current?.id.startsWith('share:') === true && current.state !== 'ended' ? current : undefined;
}

/** Another one is chosen. What was filled in stays, but where the terms of a present share stood or come to stand. */
export function withWho(form: ShareForm, who: DirectoryEntry | null): ShareForm {
  if (!changedShare(form) && !changedShare({ who, note: '' })) return { ...form, who };
  return { who, note: form.note };
}

/** The share that was to be changed ended meanwhile: the same is filled in for a new one. */
export function withoutShare(form: ShareForm, { scopes, duration }: ShareTerms): ShareForm {
  const share = changedShare(form);
  if (!form.who || !share) return form;
  const who: DirectoryEntry = { ...form.who, current: { ...share, state: 'ended' } };
  const isAsItWas = duration.chip === 'proposed';
  return { who, note: form.note, scopes: scopes.map(({ scope }) => scope), ...(!isAsItWas && { duration }) };
}

/** What the form stands on. */
export interface ShareFrame {
  readonly offered: readonly ScopeView[];
  readonly rules: SharingRules;
  readonly settings: OwnerSettings;
  readonly reader: { readonly now: number; readonly zone?: string };
}

export interface ShareTerms {
  /** Days that are chosen beforehand. */
  readonly usual: number;
  readonly scopes: readonly ScopeView[];
  readonly duration: Duration;
  /** How long the present share lasts. */
  readonly present?: Span;
  readonly span: Span | DurationProblem;
}

/** What it comes to: what is filled in, and for the rest what is chosen beforehand. */
export function termsOf(form: ShareForm, frame: ShareFrame): ShareTerms {
  const { offered, rules, reader } = frame;
  const share = changedShare(form);
  const usual = usualDays(ownDays(form.who ?? NOBODY, frame), rules);
  const present = share && spanOfShare(share);
  const names = form.scopes ?? (share ? share.scopes.map(({ scope }) => scope) : undefined);
  const isChosen = ({ scope, level }: ScopeView) => (names ? names.includes(scope) : level === 'see');
  const duration = form.duration ?? beforehand(usual, present, frame);
  return {
    usual,
    scopes: offered.filter((scope) => scope.published && isChosen(scope)),
    duration,
    ...(present && { present }),
    span: spanOf(duration, { reader, rules, proposed: present }),
  };
}

function spanOfShare({ from, until }: AccessRow): Span {
  return { ...(from !== undefined && { from }), until: until ?? null };
}

/** The usual length; for who has access already as it is now, where the usual length would be less. */
function beforehand(usual: number, present: Span | undefined, { rules, reader }: ShareFrame): Duration {
  const days: Duration = { chip: `${usual}`, first: '', last: '' };
  if (!present) return days;
  const span = spanOf(days, { reader, rules });
  const isMore =
    typeof span !== 'string' && span.until !== null && present.until !== null && span.until > present.until;
  return isMore ? days : { ...days, chip: 'proposed' };
}

export type ShareProblem = { readonly who?: 'none'; readonly what?: 'nothing'; readonly howLong?: DurationProblem };

/** What is missing or wrong, by part of the form. */
export function problemsOf({ who }: ShareForm, { scopes, span }: ShareTerms): ShareProblem {
  return {
    ...(!who && { who: 'none' as const }),
    ...(scopes.length === 0 && { what: 'nothing' as const }),
    ...(typeof span === 'string' && { howLong: span }),
  };
}

/** What is sent; `undefined` while something is missing or wrong. */
export function changeOf(form: ShareForm, { scopes, span }: ShareTerms): ShareChange | undefined {
  if (!form.who || scopes.length === 0 || typeof span === 'string') return undefined;
  return { scopes: scopes.map(({ scope }) => scope), ...span };
}

/** The same for somebody who has no access yet. */
export function draftOf(form: ShareForm, terms: ShareTerms, ids: readonly string[]): ShareDraft | undefined {
  const change = changeOf(form, terms);
  if (!form.who || !change) return undefined;
  const note = form.note.trim();
  return { resource_ids: ids, subject: form.who.id, ...change, ...(note !== '' && { note }) };
}

/** What makes a changed share as it was before. A first day that is over is left out: it counts from now. */
export function formerTerms({ scopes, from, until }: AccessRow, now: number): ShareChange {
  const isAhead = from !== undefined && Date.parse(from) > now;
  return { scopes: scopes.map(({ scope }) => scope), ...(isAhead && { from }), until: until ?? null };
}
