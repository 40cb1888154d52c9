import type { Catalogue } from '../../../language/language.js';

interface RegisterMessages {
  readonly title: string;
  readonly lead: string;
  readonly register: string;
  readonly failed: string;
  readonly done: (name: string) => string;
  readonly id: string;
  readonly open: (name: string) => string;
  readonly all: string;
}

export const REGISTER: Catalogue<RegisterMessages> = {
  en: {
    title: 'Register client',
    lead: 'You speak for it: people are told that it is verified.',
    register: 'Register client',
    failed: 'The client could not be registered.',
    done: (name) => `${name} is registered`,
    id: 'Its client_id',
    open: (name) => `Open ${name}`,
    all: 'All clients',
  },
  de: {
    title: 'Client registrieren',
    lead: 'Sie stehen für ihn ein: Menschen lesen, dass er geprüft ist.',
    register: 'Client registrieren',
    failed: 'Der Client konnte nicht registriert werden.',
    done: (name) => `${name} ist registriert`,
    id: 'Seine client_id',
    open: (name) => `${name} öffnen`,
    all: 'Alle Clients',
  },
};
