import type { ActivityKind } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';

interface ActivityMessages {
  readonly title: string;
  readonly lead: (zone: string) => string;
  readonly failed: string;
  readonly empty: { readonly what: string; readonly how: string };
  readonly noMatch: string;
  readonly widen: string;
  readonly filters: string;
  readonly from: string;
  readonly to: string;
  readonly holder: string;
  readonly application: string;
  readonly resource: string;
  readonly kind: string;
  readonly any: string;
  readonly chosen: string;
  readonly kinds: Readonly<Record<ActivityKind, string>>;
  readonly clear: string;
  readonly download: string;
  readonly more: string;
  readonly today: string;
  readonly yesterday: string;
  readonly access: string;
  readonly request: string;
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
    from: 'From',
    to: 'To, included',
    holder: 'Person',
    application: 'Application',
    resource: 'Resource',
    kind: 'What happened',
    any: 'All',
    chosen: 'As chosen',
    kinds: {
      used: 'Access was used',
      refused: 'Access was refused',
      given: 'Access was given',
      changed: 'Access was changed',
      removed: 'Access was revoked',
      given_back: 'Access was given back',
      ended: 'Access ended by itself',
      asked: 'Somebody asked',
      approved: 'A request was approved',
      denied: 'A request was denied',
      request_expired: 'A request ended without an answer',
      handed_over: 'Cover began',
      handover_ended: 'Cover ended',
      stopped: 'All access was stopped',
      registered: 'A resource came',
      unregistered: 'A resource went',
      signed_in: 'Sign-in',
      signed_out: 'Sign-out',
    },
    clear: 'Clear filters',
    download: 'Download as a table (CSV)',
    more: 'Show earlier',
    today: 'Today',
    yesterday: 'Yesterday',
    access: 'Look at this access',
    request: 'Look at this request',
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
    from: 'Von',
    to: 'Bis einschließlich',
    holder: 'Person',
    application: 'Anwendung',
    resource: 'Ressource',
    kind: 'Was geschah',
    any: 'Alle',
    chosen: 'Wie gewählt',
    kinds: {
      used: 'Zugriff wurde genutzt',
      refused: 'Zugriff wurde abgewiesen',
      given: 'Zugriff wurde gegeben',
      changed: 'Zugriff wurde geändert',
      removed: 'Zugriff wurde entzogen',
      given_back: 'Zugriff wurde zurückgegeben',
      ended: 'Zugriff ging von selbst zu Ende',
      asked: 'Jemand hat gefragt',
      approved: 'Eine Anfrage wurde genehmigt',
      denied: 'Eine Anfrage wurde abgelehnt',
      request_expired: 'Eine Anfrage ging ohne Antwort zu Ende',
      handed_over: 'Vertretung begann',
      handover_ended: 'Vertretung endete',
      stopped: 'Aller Zugriff wurde gestoppt',
      registered: 'Eine Ressource kam dazu',
      unregistered: 'Eine Ressource fiel weg',
      signed_in: 'Anmeldung',
      signed_out: 'Abmeldung',
    },
    clear: 'Filter aufheben',
    download: 'Als Tabelle laden (CSV)',
    more: 'Früheres zeigen',
    today: 'Heute',
    yesterday: 'Gestern',
    access: 'Diesen Zugriff ansehen',
    request: 'Diese Anfrage ansehen',
    about: (what) => `: ${what}`,
    reference: (value) => `Kennung ${value}`,
  },
};
