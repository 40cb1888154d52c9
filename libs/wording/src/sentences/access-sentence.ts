import type { AccessRow, ResourceName, SharedWithMeRow, SubjectView } from '@valetkey/owner-contract';
import { messagesOf } from '../messages/messages-of.js';
import type { AccessMessages } from '../messages/wording-messages.js';
import { fillParts } from '../parts/fill.js';
import type { Parts } from '../parts/part.js';
import { nameText, plain } from '../parts/part.js';
import type { Moment, Reader } from '../reader.js';
import { inDaysOf, instantOf } from '../reader.js';
import { from, lasting, past, start, until } from '../time/moments.js';
import type { Deed } from './deeds.js';
import { closed, deed, place } from './deeds.js';

type Named = Pick<SubjectView, 'name'>;

/** What a sentence about access needs to know; an `AccessRow` has it all. */
export interface SentenceAccess {
  readonly scopes: readonly Deed[];
  readonly resources: readonly Pick<ResourceName, 'name'>[];
  readonly resource_count?: number;
  readonly from?: Moment | undefined;
  readonly until?: Moment | null | undefined;
  readonly through?: Named | undefined;
  readonly state?: AccessRow['state'];
  readonly ended_at?: Moment | undefined;
  readonly ended_by?: AccessRow['ended_by'];
}

type HeldAccess = SentenceAccess & { readonly holder: Named };

/**
 * The one sentence of truth: "Peter can see photos in Album until Sun 16 Aug 2026 (in 9 days)." With a beginning that is still to come
 * it names that too; when it is over it says so, and how it ended.
 */
export function accessSentence(access: HeldAccess, reader: Reader): Parts {
  const { access: messages } = messagesOf(reader.language);
  const holder = [nameText(access.holder.name)];
  const { what, where, rest } = piecesOf(access, reader);
  const form = access.state === 'ended' ? messages.could : messages.can;
  return [...closed(fillParts(form, holder, what, where, rest)), ...remarks(access, reader, messages)];
}

/** The same to stand under the holder's name: "Can see photos in Album until …". */
export function accessLine(access: SentenceAccess, reader: Reader): Parts {
  const { access: messages } = messagesOf(reader.language);
  const { what, where, rest } = piecesOf(access, reader);
  const form = access.state === 'ended' ? messages.couldInList : messages.canInList;
  return [...closed(fillParts(form, what, where, rest)), ...remarks(access, reader, messages)];
}

/**
 * To the holder herself: "You can see photos in Album, shared by Anna, until Sun 16 Aug 2026, 24:00 Berlin time". The end is that of a day
 * of the owner, by the name of her zone where the reader's clock shows another time.
 */
export function sharedWithMeSentence(
  access: SentenceAccess & Pick<SharedWithMeRow, 'time_zone'> & { readonly owner: Named },
  reader: Reader,
): Parts {
  const { access: messages } = messagesOf(reader.language);
  const { what, where, rest } = piecesOf(access, inDaysOf(access.time_zone, reader));
  const form = access.state === 'ended' ? messages.youCould : messages.youCan;
  return [
    ...closed(fillParts(form, what, where, nameText(access.owner.name), rest)),
    ...(isEndedByOwner(access) ? endedBy(access, reader, messages) : remarks(access, reader, messages)),
  ];
}

interface EndedByOwner {
  readonly owner: Named;
  readonly ended_at: Moment;
}

function isEndedByOwner<Access extends SentenceAccess & { readonly owner: Named }>(
  access: Access,
): access is Access & EndedByOwner {
  return access.state === 'ended' && access.ended_by === 'owner' && access.ended_at !== undefined;
}

function endedBy({ owner, ended_at: at }: EndedByOwner, reader: Reader, messages: AccessMessages): Parts {
  return [plain(' '), ...fillParts(messages.overByOwner, nameText(owner.name), past(at, reader))];
}

/** What is about to be given; an end is said with how long it lasts. */
export interface DraftAccess extends Omit<SentenceAccess, 'until' | 'state'> {
  readonly holder: Named;
  /** `null`: no end. */
  readonly until: Moment | null;
}

/** "Peter can see photos in Album from today until Sun 29 Nov 2026 (7 days). After that it ends by itself." */
export function draftSentence(draft: DraftAccess, reader: Reader): Parts {
  const { access: messages } = messagesOf(reader.language);
  const { what, where } = piecesOf({ ...draft, until: undefined }, reader);
  const span = fillParts(messages.span, from(draft.from, reader), lasting(draft, reader));
  const rest = joined([span, throughOf(draft, messages)]);
  const sentence = closed(fillParts(messages.can, nameText(draft.holder.name), what, where, rest));
  return draft.until === null ? sentence : [...sentence, plain(` ${messages.endsByItself}`)];
}

/** "Peter can no longer see photos in Album." */
export function overSentence(access: HeldAccess, reader: Reader): Parts {
  const { access: messages } = messagesOf(reader.language);
  const { what, where } = piecesOf(access, reader);
  return closed(fillParts(messages.canNoMore, nameText(access.holder.name), what, where));
}

function piecesOf(access: SentenceAccess, reader: Reader): { what: Parts; where: Parts; rest: Parts } {
  const { access: messages } = messagesOf(reader.language);
  const { scopes, resources, resource_count: count = resources.length } = access;
  return {
    what: deed(scopes, reader.language),
    where: place(resources, count, reader.language),
    rest: joined([spanOf(access, reader, messages), throughOf(access, messages)]),
  };
}

/** What is over has no span of its own any more: its end is told apart. */
function spanOf(access: SentenceAccess, reader: Reader, messages: AccessMessages): Parts {
  if (access.state === 'ended') return [];
  const end = until(access.until, reader);
  const isAhead = access.from !== undefined && instantOf(access.from) > reader.now;
  if (!isAhead || access.from === undefined) return end;
  const { time } = messagesOf(reader.language);
  return fillParts(messages.span, fillParts(time.from, start(access.from, reader)), end);
}

function throughOf({ through }: SentenceAccess, messages: AccessMessages): Parts {
  return through ? fillParts(messages.through, nameText(through.name)) : [];
}

function joined(pieces: readonly Parts[]): Parts {
  return pieces
    .filter((piece) => piece.length > 0)
    .flatMap((piece, index) => (index === 0 ? piece : [plain(' '), ...piece]));
}

/** What is to be said beside: that it rests, or how it ended. */
function remarks(access: SentenceAccess, reader: Reader, messages: AccessMessages): Parts {
  if (access.state === 'suspended') return [plain(` ${messages.rests}`)];
  if (access.state !== 'ended' || access.ended_at === undefined) return [];
  const form = access.ended_by ? messages.over[access.ended_by] : messages.overSomehow;
  return [plain(' '), ...fillParts(form, past(access.ended_at, reader))];
}
