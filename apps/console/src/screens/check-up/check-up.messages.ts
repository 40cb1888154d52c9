import type { CheckUpItem } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';
import type { Answer } from './progress.js';

interface CheckUpMessages {
  readonly title: string;
  readonly lead: string;
  readonly failed: string;
  readonly progress: (position: number, count: number) => string;
  readonly reasons: Readonly<Record<CheckUpItem['reasons'][number], string>>;
  readonly why: string;
  readonly keep: string;
  readonly shorten: string;
  readonly remove: string;
  readonly previous: string;
  readonly later: string;
  readonly look: string;
  readonly answered: Readonly<Record<Answer, string>>;
  readonly next: string;
  readonly failedTo: { readonly keep: string };
  readonly none: { readonly what: string };
  readonly done: {
    readonly title: string;
    readonly counts: (counts: Readonly<Record<Answer, number>>) => readonly string[];
    readonly more: (count: number) => string;
    readonly goOn: string;
    readonly nextAt: (day: string) => string;
    readonly toAccess: string;
  };
}

export const CHECK_UP: Catalogue<CheckUpMessages> = {
  en: {
    title: 'Check-up',
    lead: 'Access that is worth a look, one at a time. Nothing changes unless you say so.',
    failed: 'The check-up could not be read.',
    progress: (position, count) => `${position} of ${count}`,
    why: 'Why this one?',
    reasons: {
      never_used: 'It was never used.',
      unused: 'It was not used for a long time.',
      no_end: 'It has no end date.',
      broad: 'It allows more than looking at things.',
      unknown_application: 'Nobody has verified this application.',
    },
    keep: 'Keep',
    shorten: 'Shorten…',
    remove: 'Remove',
    previous: 'Back to the one before',
    later: 'Decide later',
    look: 'Look at the details',
    answered: {
      kept: 'You kept it.',
      shortened: 'You shortened it.',
      removed: 'You removed it. Under Access it can be given back for seven days.',
    },
    next: 'Next',
    failedTo: { keep: 'It was not noted that you keep it.' },
    none: { what: 'There is nothing to look at.' },
    done: {
      title: 'Done',
      counts: ({ kept, shortened, removed }) => [`${kept} kept`, `${shortened} shortened`, `${removed} removed`],
      more: (count) => (count === 1 ? 'There is 1 more to look at.' : `There are ${count} more to look at.`),
      goOn: 'Go on with those',
      nextAt: (day) => `The next check-up is on ${day}.`,
      toAccess: 'See who has access',
    },
  },
  de: {
    title: 'Durchsicht',
    lead: 'Zugriffe, die einen Blick wert sind, einer nach dem anderen. Nichts ändert sich ohne Ihr Wort.',
    failed: 'Die Durchsicht konnte nicht gelesen werden.',
    progress: (position, count) => `${position} von ${count}`,
    why: 'Warum dieser?',
    reasons: {
      never_used: 'Er wurde nie genutzt.',
      unused: 'Er wurde lange nicht genutzt.',
      no_end: 'Er hat kein Enddatum.',
      broad: 'Er erlaubt mehr als Ansehen.',
      unknown_application: 'Niemand hat diese Anwendung geprüft.',
    },
    keep: 'Behalten',
    shorten: 'Verkürzen…',
    remove: 'Entfernen',
    previous: 'Zurück zum vorigen',
    later: 'Später entscheiden',
    look: 'Einzelheiten ansehen',
    answered: {
      kept: 'Sie haben ihn behalten.',
      shortened: 'Sie haben ihn verkürzt.',
      removed: 'Sie haben ihn entfernt. Unter Zugriff lässt er sich sieben Tage lang zurückgeben.',
    },
    next: 'Weiter',
    failedTo: { keep: 'Dass Sie ihn behalten, wurde nicht vermerkt.' },
    none: { what: 'Es gibt nichts durchzusehen.' },
    done: {
      title: 'Fertig',
      counts: ({ kept, shortened, removed }) => [`${kept} behalten`, `${shortened} verkürzt`, `${removed} entfernt`],
      more: (count) => (count === 1 ? 'Es gibt noch 1 durchzusehen.' : `Es gibt noch ${count} durchzusehen.`),
      goOn: 'Damit weitermachen',
      nextAt: (day) => `Die nächste Durchsicht ist am ${day}.`,
      toAccess: 'Sehen, wer Zugriff hat',
    },
  },
};
