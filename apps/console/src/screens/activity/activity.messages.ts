import type { Catalogue } from '../../language/language.js';

interface ActivityMessages {
  readonly title: string;
  readonly lead: (zone: string) => string;
  readonly failed: string;
  readonly empty: { readonly what: string; readonly how: string };
  readonly noMatch: string;
  readonly widen: string;
  readonly filters: string;
  readonly search: string;
  readonly olderUnseen: string;
  readonly from: string;
  readonly to: string;
  readonly holder: string;
  readonly application: string;
  readonly resource: string;
  readonly kind: string;
  readonly any: string;
  readonly chosen: string;
  readonly clear: string;
  readonly download: string;
  readonly more: string;
  readonly today: string;
  readonly yesterday: string;
  readonly access: string;
  readonly request: string;
  readonly thing: string;
  readonly about: (what: string) => string;
  readonly reference: (value: string) => string;
}

export const ACTIVITY: Catalogue<ActivityMessages> = {
  en: {
    title: 'Activity',
    lead: (zone) => `Everything that happened to what is yours, newest first. Times are those of ${zone}.`,
    failed: 'The activity could not be read.',
    empty: {
      what: 'Nothing has happened yet.',
      how: 'Who gets access, uses it, is refused or loses it stands here from then on.',
    },
    noMatch: 'Nothing like this happened.',
    widen: 'Look at all days',
    filters: 'Show only',
    search: 'Search for words',
    olderUnseen: 'Nothing like this among what was looked through. There is older activity.',
    from: 'From',
    to: 'To, included',
    holder: 'Person',
    application: 'Application',
    resource: 'Resource',
    kind: 'What happened',
    any: 'All',
    chosen: 'As chosen',
    clear: 'Clear filters',
    download: 'Download as a table (CSV)',
    more: 'Show earlier',
    today: 'Today',
    yesterday: 'Yesterday',
    access: 'Look at this access',
    request: 'Look at this request',
    thing: 'See what it was about',
    about: (what) => `: ${what}`,
    reference: (value) => `Reference ${value}`,
  },
  de: {
    title: 'Verlauf',
    lead: (zone) => `Alles, was mit Ihren Sachen geschehen ist, das Neueste zuerst. Zeiten gelten für ${zone}.`,
    failed: 'Der Verlauf konnte nicht gelesen werden.',
    empty: {
      what: 'Noch ist nichts geschehen.',
      how: 'Wer Zugriff bekommt, nutzt, verliert oder abgewiesen wird, steht von da an hier.',
    },
    noMatch: 'So etwas ist nicht geschehen.',
    widen: 'Alle Tage ansehen',
    filters: 'Nur zeigen',
    search: 'Nach Wörtern suchen',
    olderUnseen: 'Nichts davon unter dem, was durchgesehen wurde. Es gibt Älteres.',
    from: 'Von',
    to: 'Bis einschließlich',
    holder: 'Person',
    application: 'Anwendung',
    resource: 'Ressource',
    kind: 'Was geschah',
    any: 'Alle',
    chosen: 'Wie gewählt',
    clear: 'Filter aufheben',
    download: 'Als Tabelle laden (CSV)',
    more: 'Früheres zeigen',
    today: 'Heute',
    yesterday: 'Gestern',
    access: 'Diesen Zugriff ansehen',
    request: 'Diese Anfrage ansehen',
    thing: 'Zeigen, worum es ging',
    about: (what) => `: ${what}`,
    reference: (value) => `Kennung ${value}`,
  },
};
