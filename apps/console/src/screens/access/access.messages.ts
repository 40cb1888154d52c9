import type { AccessFilter } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';

interface AccessMessages {
  readonly title: string;
  readonly failed: string;
  readonly search: string;
  readonly by: { readonly legend: string; readonly holder: string; readonly resource: string };
  readonly show: { readonly legend: string } & Readonly<Record<AccessFilter, string>>;
  readonly found: (count: number) => string;
  readonly people: (count: number) => string;
  readonly applications: (count: number) => string;
  readonly groups: string;
  readonly resources: string;
  readonly aboutYou: string;
  readonly empty: { readonly what: string; readonly how: string; readonly action: string };
  readonly noMatch: string;
  readonly chain: string;
  readonly chainFailed: string;
  readonly stop: string;
  readonly application: string;
  readonly removed: {
    readonly title: (count: string) => string;
    readonly failed: string;
    readonly none: string;
    readonly notAgain: string;
  };
}

export const ACCESS: Catalogue<AccessMessages> = {
  en: {
    title: 'Who has access',
    failed: 'Who has access could not be read.',
    search: 'Search for people, applications and resources',
    by: { legend: 'Order', holder: 'By holder', resource: 'By resource' },
    show: {
      legend: 'Show',
      all: 'All',
      never_used: 'Never used',
      unused_90_days: 'Not used for 90 days',
      no_end: 'No end date',
      ending_7_days: 'Ending in 7 days',
    },
    found: (count) => (count === 1 ? '1 access is shown' : `${count} accesses are shown`),
    people: (count) => `People · ${count}`,
    applications: (count) => `Applications · ${count}`,
    groups: 'Groups',
    resources: 'Resources',
    aboutYou: 'About you',
    empty: {
      what: 'Nobody but you.',
      how: 'When you share something or give an application access, it shows here, with what it was used for.',
      action: 'To your resources',
    },
    noMatch: 'No access fits.',
    chain: 'How it reaches your data',
    chainFailed: 'The way to your data could not be read.',
    stop: 'Stop everything',
    application: 'Add application',
    removed: {
      title: (count) => `Recently removed (7 days)${count}`,
      failed: 'What was removed could not be read.',
      none: 'Nothing was removed in the last seven days.',
      notAgain: 'There is nothing to give back any more.',
    },
  },
  de: {
    title: 'Wer Zugriff hat',
    failed: 'Wer Zugriff hat, konnte nicht gelesen werden.',
    search: 'Personen, Anwendungen und Ressourcen suchen',
    by: { legend: 'Ordnung', holder: 'Nach Inhabern', resource: 'Nach Ressourcen' },
    show: {
      legend: 'Zeigen',
      all: 'Alle',
      never_used: 'Nie genutzt',
      unused_90_days: 'Seit 90 Tagen nicht genutzt',
      no_end: 'Ohne Enddatum',
      ending_7_days: 'Endet in 7 Tagen',
    },
    found: (count) => (count === 1 ? '1 Zugriff wird gezeigt' : `${count} Zugriffe werden gezeigt`),
    people: (count) => `Personen · ${count}`,
    applications: (count) => `Anwendungen · ${count}`,
    groups: 'Gruppen',
    resources: 'Ressourcen',
    aboutYou: 'Über Sie',
    empty: {
      what: 'Niemand außer Ihnen.',
      how: 'Was Sie teilen oder einer Anwendung geben, steht hier, und wofür es genutzt wurde.',
      action: 'Zu Ihren Ressourcen',
    },
    noMatch: 'Kein Zugriff passt dazu.',
    chain: 'Weg zu Ihren Daten',
    chainFailed: 'Der Weg zu Ihren Daten konnte nicht gelesen werden.',
    stop: 'Alles stoppen',
    application: 'Anwendung hinzufügen',
    removed: {
      title: (count) => `Kürzlich entzogen (7 Tage)${count}`,
      failed: 'Was entzogen wurde, konnte nicht gelesen werden.',
      none: 'In den letzten sieben Tagen wurde nichts entzogen.',
      notAgain: 'Hier gibt es nichts mehr zurückzugeben.',
    },
  },
};
