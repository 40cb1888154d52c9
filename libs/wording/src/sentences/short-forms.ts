import type { AccessRow, ResourceRow, RevocationResult, SubjectView } from '@valetkey/owner-contract';
import { messagesOf } from '../messages/messages-of.js';
import { fillParts, listParts } from '../parts/fill.js';
import type { Parts } from '../parts/part.js';
import { nameText, plain } from '../parts/part.js';
import type { Moment, Reader } from '../reader.js';
import { localeOf } from '../reader.js';
import { past, until } from '../time/moments.js';
import { deed } from './deeds.js';

type Named = Pick<SubjectView, 'name'>;

/** "Peter has access until Sun 29 Nov 2026 (in 7 days)." */
export function sharedToast(holder: Named, end: Moment | null | undefined, reader: Reader): Parts {
  return fillParts(messagesOf(reader.language).short.hasAccess, nameText(holder.name), until(end, reader));
}

/** "Peter has access again until …"; of an application that has to ask for its tokens again, that it does. */
export function givenBackToast(
  holder: Named,
  back: { readonly until?: Moment; readonly asks_again?: true } | undefined,
  reader: Reader,
): Parts {
  const { short } = messagesOf(reader.language);
  const message = back?.asks_again ? short.asksAgain : short.hasAccessAgain;
  return fillParts(message, nameText(holder.name), until(back?.until, reader));
}

/** "Peter no longer has access. 2 sessions ended.", and until when something may live on. */
export function revokedToast(holder: Named, result: RevocationResult, reader: Reader): Parts {
  const { short } = messagesOf(reader.language);
  const { tokens } = result.ended;
  return [
    ...fillParts(short.hasNoAccess, nameText(holder.name)),
    ...(tokens > 0 ? [plain(` ${short.tokensEnded(tokens)}`)] : []),
    ...stillValid(result, reader),
  ];
}

/** "Access of 3 people and 2 applications has ended." */
export function stoppedToast(result: RevocationResult, reader: Reader): Parts {
  const { short } = messagesOf(reader.language);
  const counts = countsOf(result.ended, reader);
  if (counts.length === 0) return [plain(short.nobody)];
  return [...fillParts(short.everythingEnded, counts), ...stillValid(result, reader)];
}

/** "You denied what Mara asked for." */
export function deniedToast(who: Named, reader: Reader): Parts {
  return fillParts(messagesOf(reader.language).short.denied, nameText(who.name));
}

/** "Peter covers 6 things until Sun 16 Aug 2026 (in 9 days)." */
export function coverLine(
  handover: { readonly subject: Named; readonly resource_count: number; readonly until: Moment },
  reader: Reader,
): Parts {
  const { covers } = messagesOf(reader.language).short;
  const { subject, resource_count: count, until: end } = handover;
  return fillParts((who: string, when: string) => covers(who, count, when), nameText(subject.name), until(end, reader));
}

/** "2 people and 1 application", or that it is only the owner herself. */
export function holdersText(holders: ResourceRow['holders'], reader: Reader): string {
  const counts = countsOf(holders, reader);
  return counts.length === 0 ? messagesOf(reader.language).short.onlyYou : counts.map(({ text }) => text).join('');
}

/** "Refused 2 days ago (…): wanted to change approval limits" */
export function lastRefused(refused: NonNullable<AccessRow['last_refused']>, reader: Reader): Parts {
  const { time } = messagesOf(reader.language);
  return fillParts(time.refused, past(refused.at, reader), deed(refused.scopes, reader.language));
}

function stillValid({ still_valid_until: end }: RevocationResult, reader: Reader): Parts {
  if (end === undefined) return [];
  return [plain(' '), ...fillParts(messagesOf(reader.language).short.stillValid, until(end, reader))];
}

function countsOf(counts: { people: number; applications: number; groups?: number }, reader: Reader): Parts {
  const { short } = messagesOf(reader.language);
  const { people, applications, groups = 0 } = counts;
  const told = [
    people > 0 && short.people(people),
    applications > 0 && short.applications(applications),
    groups > 0 && short.groups(groups),
  ].filter((text) => text !== false);
  return listParts(
    told.map((text) => [plain(text)]),
    localeOf(reader.language),
  );
}
