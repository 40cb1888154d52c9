import type { ClientVoucher } from '@valetkey/operator-contract';
import type { Catalogue } from '../../../language/language.js';

interface ClientMessages {
  readonly title: string;
  readonly failed: string;
  readonly all: string;
  readonly tabs: string;
  readonly use: string;
  readonly facts: {
    readonly id: string;
    readonly state: string;
    readonly origin: string;
    readonly vouched: string;
    readonly registered: string;
    readonly used: string;
    readonly people: string;
    readonly grants: string;
  };
  readonly vouchers: Readonly<Record<ClientVoucher, string>>;
  readonly preview: string;
  readonly configured: string;
  readonly registeredItself: string;
  readonly save: string;
  readonly saved: string;
  readonly saveFailed: string;
  readonly race: {
    readonly title: string;
    readonly lead: string;
    readonly mine: string;
    readonly theirs: string;
    readonly keep: string;
    readonly take: string;
    readonly nothing: string;
  };
  /** A step that came too late. */
  readonly late: { readonly title: string; readonly what: string };
  readonly secrets: {
    readonly title: string;
    readonly none: string;
    readonly one: string;
    readonly two: string;
    readonly renew: string;
    readonly help: string;
    readonly failed: string;
    readonly configured: string;
    readonly ask: string;
    /** Before when it was made. */
    readonly formerEnds: string;
    readonly newestStays: string;
    readonly endMeans: string;
    readonly end: string;
    readonly keep: string;
  };
  readonly suspend: {
    readonly title: string;
    readonly help: string;
    readonly action: (name: string) => string;
    readonly ask: (name: string) => string;
    readonly affected: (people: string) => string;
    readonly means: string;
    readonly keep: string;
    readonly done: (name: string) => string;
  };
  readonly resume: {
    readonly since: string;
    readonly help: string;
    readonly action: (name: string) => string;
    readonly done: (name: string) => string;
    readonly failed: string;
  };
  readonly remove: {
    readonly title: string;
    readonly configured: string;
    readonly help: string;
    readonly action: (name: string) => string;
    readonly ask: (name: string) => string;
    readonly affected: (people: string) => string;
    readonly means: string;
    readonly keep: string;
    readonly done: (name: string, people: string) => string;
  };
}

export const CLIENT: Catalogue<ClientMessages> = {
  en: {
    title: 'Client',
    failed: 'This client could not be read.',
    all: 'All clients',
    tabs: 'Settings by task',
    use: 'Use',
    facts: {
      id: 'client_id',
      state: 'State',
      origin: 'Made by',
      vouched: 'Who speaks for it',
      registered: 'Since',
      used: 'Last used',
      people: 'Holds something of',
      grants: 'Ways to get tokens',
    },
    vouchers: {
      operator: 'The operator: people read “verified”',
      initial_access_token: 'A token that the operator gave out for its registration',
      software_statement: 'A software statement of a trusted issuer',
      nobody: 'Nobody: people are told that it is unknown',
    },
    preview: 'See what people are asked',
    configured:
      'This client is in the configuration file: its settings and secrets are changed there, and hold after the next start.',
    registeredItself: 'This client registered itself, and changes what it said with its own token.',
    save: 'Save',
    saved: 'The client is saved.',
    saveFailed: 'The client could not be saved.',
    race: {
      title: 'Somebody else changed this client meanwhile',
      lead: 'Nothing of yours is saved yet. Choose whose version stays.',
      mine: 'Yours',
      theirs: 'Theirs',
      keep: 'Keep mine',
      take: 'Take theirs',
      nothing: 'nothing',
    },
    late: {
      title: 'Somebody else changed this client meanwhile',
      what: 'Nothing was done. This is how it is now: look at it, and choose again.',
    },
    secrets: {
      title: 'Secrets',
      none: 'It does not sign in with a secret.',
      one: 'One secret is valid.',
      two: 'Two secrets are valid. The former one ends:',
      renew: 'Make a new secret',
      help: 'The present one stays valid for a while, so that the application can change over. An older one ends at once.',
      failed: 'No new secret was made.',
      configured:
        'This client is in the configuration file. Whoever may use the commands of the server makes a new secret, beside which the present one stays valid for a while:',
      ask: 'End the former secret now?',
      formerEnds: 'The former secret ends at once. It was made',
      newestStays: 'The newest one stays valid for a while. It was made',
      endMeans: 'An application that still uses the former one cannot sign in any more. It cannot be brought back.',
      end: 'End it, and make a new one',
      keep: 'Keep both',
    },
    suspend: {
      title: 'Suspend',
      help: 'It gets no tokens, and none that it has opens anything, until it is resumed. Nothing ends for good. This stays so after a restart.',
      action: (name) => `Suspend ${name}`,
      ask: (name) => `Suspend ${name}?`,
      affected: (people) => `It holds something of ${people}.`,
      means:
        'From now on it opens nothing any more. The people concerned read that it is suspended. You can resume it at any time.',
      keep: 'Let it go on',
      done: (name) => `${name} is suspended.`,
    },
    resume: {
      since: 'Suspended',
      help: 'What it holds, and nobody ended meanwhile, is then as it was.',
      action: (name) => `Resume ${name}`,
      done: (name) => `${name} is resumed.`,
      failed: 'The client could not be resumed.',
    },
    remove: {
      title: 'Remove',
      configured: 'This client is in the configuration file. Take it out there: it is off from the next start on.',
      help: 'Ends everything that it holds, for good.',
      action: (name) => `Remove ${name}`,
      ask: (name) => `Remove ${name} for good?`,
      affected: (people) => `It holds something of ${people}.`,
      means: 'All of it ends at once, and does not come back. Whoever wants to use it again has to allow it again.',
      keep: 'Keep it',
      done: (name, people) => `${name} is removed. It held something of ${people}.`,
    },
  },
  de: {
    title: 'Client',
    failed: 'Dieser Client konnte nicht gelesen werden.',
    all: 'Alle Clients',
    tabs: 'Einstellungen nach Aufgabe',
    use: 'Nutzung',
    facts: {
      id: 'client_id',
      state: 'Zustand',
      origin: 'Angelegt von',
      vouched: 'Wer für ihn einsteht',
      registered: 'Seit',
      used: 'Zuletzt benutzt',
      people: 'Hat etwas von',
      grants: 'Wege zu Tokens',
    },
    vouchers: {
      operator: 'Der Betreiber: Menschen lesen „geprüft“',
      initial_access_token: 'Ein Token, das der Betreiber für seine Registrierung ausgab',
      software_statement: 'Ein Software-Statement eines vertrauten Ausstellers',
      nobody: 'Niemand: Menschen lesen, dass er unbekannt ist',
    },
    preview: 'Sehen, was Menschen gefragt werden',
    configured:
      'Dieser Client steht in der Konfigurationsdatei: Einstellungen und Geheimnisse werden dort geändert und gelten nach dem nächsten Start.',
    registeredItself:
      'Dieser Client hat sich selbst registriert und ändert mit seinem eigenen Token, was er gesagt hat.',
    save: 'Speichern',
    saved: 'Der Client ist gespeichert.',
    saveFailed: 'Der Client konnte nicht gespeichert werden.',
    race: {
      title: 'Jemand anders hat diesen Client inzwischen geändert',
      lead: 'Von Ihnen ist noch nichts gespeichert. Wählen Sie, wessen Fassung bleibt.',
      mine: 'Ihre',
      theirs: 'Die andere',
      keep: 'Meine behalten',
      take: 'Die andere nehmen',
      nothing: 'nichts',
    },
    late: {
      title: 'Jemand anders hat diesen Client inzwischen geändert',
      what: 'Es ist nichts geschehen. So ist er jetzt: Sehen Sie ihn an, und wählen Sie noch einmal.',
    },
    secrets: {
      title: 'Geheimnisse',
      none: 'Er meldet sich nicht mit einem Geheimnis an.',
      one: 'Ein Geheimnis gilt.',
      two: 'Zwei Geheimnisse gelten. Das frühere endet:',
      renew: 'Neues Geheimnis erzeugen',
      help: 'Das jetzige gilt noch eine Weile, damit die Anwendung wechseln kann. Ein älteres endet sofort.',
      failed: 'Es wurde kein neues Geheimnis erzeugt.',
      configured:
        'Dieser Client steht in der Konfigurationsdatei. Wer die Befehle des Servers benutzen darf, erzeugt ein neues Geheimnis, neben dem das jetzige eine Weile gilt:',
      ask: 'Das frühere Geheimnis jetzt beenden?',
      formerEnds: 'Das frühere Geheimnis endet sofort. Es wurde erzeugt:',
      newestStays: 'Das neueste gilt noch eine Weile. Es wurde erzeugt:',
      endMeans:
        'Eine Anwendung, die das frühere noch benutzt, kann sich nicht mehr anmelden. Es lässt sich nicht zurückholen.',
      end: 'Beenden und neues erzeugen',
      keep: 'Beide behalten',
    },
    suspend: {
      title: 'Sperren',
      help: 'Er bekommt keine Tokens, und keines, das er hat, öffnet etwas, bis er freigegeben wird. Nichts endet für immer. Das bleibt auch nach einem Neustart so.',
      action: (name) => `${name} sperren`,
      ask: (name) => `${name} sperren?`,
      affected: (people) => `Er hat etwas von: ${people}.`,
      means:
        'Ab jetzt öffnet er nichts mehr. Die betroffenen Menschen lesen, dass er gesperrt ist. Sie können ihn jederzeit freigeben.',
      keep: 'Weiterlaufen lassen',
      done: (name) => `${name} ist gesperrt.`,
    },
    resume: {
      since: 'Gesperrt',
      help: 'Was er hat und inzwischen niemand beendet hat, ist dann wie zuvor.',
      action: (name) => `${name} freigeben`,
      done: (name) => `${name} ist freigegeben.`,
      failed: 'Der Client konnte nicht freigegeben werden.',
    },
    remove: {
      title: 'Entfernen',
      configured:
        'Dieser Client steht in der Konfigurationsdatei. Nehmen Sie ihn dort heraus: Vom nächsten Start an ist er abgeschaltet.',
      help: 'Beendet alles, was er hat, für immer.',
      action: (name) => `${name} entfernen`,
      ask: (name) => `${name} für immer entfernen?`,
      affected: (people) => `Er hat etwas von: ${people}.`,
      means:
        'All das endet sofort und kommt nicht zurück. Wer ihn wieder benutzen will, muss ihn noch einmal erlauben.',
      keep: 'Behalten',
      done: (name, people) => `${name} ist entfernt. Er hatte etwas von: ${people}.`,
    },
  },
};
