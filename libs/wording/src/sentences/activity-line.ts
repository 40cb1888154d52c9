import type { ActivityKind, ActivityRow, SubjectView } from '@valetkey/owner-contract';
import { activityMessagesOf } from '../messages/activity-messages-of.js';
import type { AccountMoment, ActivityMessages, Agent } from '../messages/wording-messages.js';
import { fillParts } from '../parts/fill.js';
import type { Parts } from '../parts/part.js';
import { nameText, plain } from '../parts/part.js';
import type { Language, Reader } from '../reader.js';
import { accessSentence, overSentence } from './access-sentence.js';
import { closed, deed, place } from './deeds.js';
import { pastRequestSentence } from './request-sentence.js';

/** What a line of activity needs to know; an `ActivityRow` has it. */
export type SentenceActivity = Pick<
  ActivityRow,
  'kind' | 'actor' | 'holder' | 'through' | 'resources' | 'scopes' | 'until' | 'invited'
>;

interface Line {
  readonly row: SentenceActivity;
  readonly reader: Reader;
  readonly messages: ActivityMessages;
}

/** What happened, as one sentence: who did it, and the sentence of truth of what it was about. */
export function activityLine(row: SentenceActivity, reader: Reader): Parts {
  const line = { row, reader, messages: activityMessagesOf(reader.language) };
  const { kind } = row;
  return isOfAccount(kind, line) ? closed(acted(line, line.messages.account[kind], [])) : WRITERS[kind](line);
}

/** What a kind of line is called, where lines are chosen by it. */
export function activityKind(kind: ActivityKind, language: Language): string {
  return activityMessagesOf(language).kinds[kind];
}

/** Heads of the table of lines, in the order of its columns. */
export function activityHeads(language: Language): readonly string[] {
  return activityMessagesOf(language).heads;
}

function isOfAccount(kind: ActivityKind, { messages }: Line): kind is AccountMoment {
  return kind in messages.account;
}

const WRITERS: Readonly<Record<Exclude<ActivityKind, AccountMoment>, (line: Line) => Parts>> = {
  asked: (line) => closed(fillParts(line.messages.asked, asked(line))),
  approved: (line) => acted(line, line.messages.approved, truth(line)),
  denied: (line) => acted(line, line.messages.denied, closed(asked(line))),
  request_expired: (line) => closed(fillParts(line.messages.requestExpired, asked(line))),
  given: (line) => acted(line, line.messages.given, truth(line)),
  changed: (line) => acted(line, line.messages.changed, truth(line)),
  removed: (line) => acted(line, line.messages.removed, over(line)),
  given_back: (line) => acted(line, line.messages.givenBack, truth(line)),
  ended: (line) => fillParts(line.messages.ended, over(line)),
  stopped: (line) =>
    line.row.holder
      ? closed(acted(line, line.messages.stopped, [holderOf(line)]))
      : closed(acted(line, (who) => line.messages.stoppedAll(who), [])),
  handed_over: (line) => acted(line, line.messages.handedOver, truth(line)),
  handover_ended: (line) => closed(fillParts(line.messages.handoverEnded, holderOf(line))),
  invited: (line) => invited(line, line.messages.invited),
  invitation_accepted: (line) =>
    fillParts(line.messages.invitationAccepted, addressOf(line), holderOf(line), truth(line)),
  invitation_declined: (line) => closed(fillParts(line.messages.invitationDeclined, addressOf(line), offerOf(line))),
  invitation_taken_back: (line) => invited(line, line.messages.invitationTakenBack),
  used,
  refused: (line) =>
    closed(fillParts(line.messages.refused, holderOf(line), deedOf(line), placeOf(line), throughOf(line))),
  registered: (line) => closed(fillParts(line.messages.registered, serviceOf(line), placeOf(line))),
  unregistered: (line) => closed(fillParts(line.messages.unregistered, serviceOf(line), placeOf(line))),
  signed_in: (line) => closed(acted(line, (who) => line.messages.signedIn(who ?? somebody(line)), [])),
  signed_out: (line) => closed(acted(line, (who) => line.messages.signedOut(who ?? somebody(line)), [])),
  reopened: (line) => acted(line, line.messages.reopened, closed(asked(line))),
};

function used(line: Line): Parts {
  const { messages } = line;
  const where = placeOf(line);
  return where.length === 0
    ? closed(fillParts(messages.usedPlain, holderOf(line), deedOf(line), throughOf(line)))
    : closed(fillParts(messages.used, holderOf(line), where, deedOf(line), throughOf(line)));
}

/** What was done about an invitation. */
function invited(line: Line, message: ActivityMessages['invited']): Parts {
  const { row, reader, messages } = line;
  const [address, offer] = [addressOf(line), offerOf(line)];
  const { actor } = row;
  if (!actor) {
    return closed(fillParts((to: string, what: string) => message(undefined, to, what), address, offer));
  }
  const isYou = actor.id === reader.self;
  const name = isYou ? plain(messages.you) : nameText(actor.name);
  const said = (who: string, to: string, what: string) => message({ name: who, isYou }, to, what);
  return closed(fillParts(said, name, address, offer));
}

function addressOf({ row, messages }: Line) {
  return nameText(row.invited ?? messages.somebody);
}

function offerOf(line: Line): Parts {
  return fillParts(line.messages.offer, deedOf(line), placeOf(line));
}

/** A message whose first argument is who did it. */
function acted(
  { row: { actor }, reader, messages }: Line,
  message: (who: Agent | undefined, rest: string) => string,
  rest: Parts,
): Parts {
  if (!actor) return fillParts((text: string) => message(undefined, text), rest);
  const isYou = actor.id === reader.self;
  const name = isYou ? plain(messages.you) : nameText(actor.name);
  return fillParts((who: string, text: string) => message({ name: who, isYou }, text), name, rest);
}

function somebody({ messages }: Line): Agent {
  return { name: messages.somebody, isYou: false };
}

function subjectOf(line: Line): Pick<SubjectView, 'name'> {
  return line.row.holder ?? { name: line.messages.somebody };
}

function holderOf(line: Line) {
  return nameText(subjectOf(line).name);
}

function serviceOf({ row, messages }: Line) {
  return nameText(row.actor?.name ?? row.resources[0]?.service.name ?? messages.somebody);
}

function deedOf({ row, reader }: Line): Parts {
  return deed(row.scopes, reader.language);
}

function placeOf({ row, reader }: Line): Parts {
  return place(row.resources, row.resources.length, reader.language);
}

function throughOf({ row: { through }, messages }: Line): Parts {
  return through ? fillParts(messages.by, nameText(through.name)) : [];
}

function truth(line: Line): Parts {
  return accessSentence({ ...line.row, holder: subjectOf(line) }, line.reader);
}

function over(line: Line): Parts {
  return overSentence({ ...line.row, holder: subjectOf(line) }, line.reader);
}

function asked(line: Line): Parts {
  const { row, reader } = line;
  const asks = row.resources.map((resource) => ({ resource, scopes: row.scopes }));
  return pastRequestSentence({ who: subjectOf(line), asked: asks }, reader);
}
