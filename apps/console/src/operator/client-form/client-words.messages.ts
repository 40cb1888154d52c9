import type { ClientKind, ClientOrigin, ClientState } from '@valetkey/operator-contract';
import type { Catalogue } from '../../language/language.js';

interface ClientWords {
  readonly kinds: Readonly<Record<ClientKind, string>>;
  readonly origins: Readonly<Record<ClientOrigin, string>>;
  readonly states: Readonly<Record<ClientState, string>>;
  readonly people: (count: number, isMore: boolean) => string;
  readonly never: string;
}

/** What is said of clients on more than one screen. */
export const CLIENT_WORDS: Catalogue<ClientWords> = {
  en: {
    kinds: { confidential: 'Confidential', public: 'Public', resource_server: 'Resource server' },
    origins: { configuration: 'Configuration file', operator: 'Operator', registration: 'Registered itself' },
    states: { active: 'Active', suspended: 'Suspended', off: 'Switched off in the file' },
    people: (count, isMore) => {
      if (isMore) return `more than ${count.toLocaleString('en')} people`;
      return count === 1 ? '1 person' : `${count} people`;
    },
    never: 'Never',
  },
  de: {
    kinds: { confidential: 'Vertraulich', public: 'Öffentlich', resource_server: 'Resource-Server' },
    origins: {
      configuration: 'Konfigurationsdatei',
      operator: 'Betreiber',
      registration: 'Hat sich selbst registriert',
    },
    states: { active: 'Aktiv', suspended: 'Gesperrt', off: 'In der Datei abgeschaltet' },
    people: (count, isMore) => {
      if (isMore) return `mehr als ${count.toLocaleString('de')} Menschen`;
      return count === 1 ? '1 Mensch' : `${count} Menschen`;
    },
    never: 'Nie',
  },
};
