import type { TokenCountKind, TokenRate } from '@valetkey/operator-contract';
import type { Catalogue } from '../../../language/language.js';

type Failure = 'database' | 'network' | 'internal';

interface JobsMessages {
  readonly title: string;
  readonly refresh: {
    readonly running: string;
    readonly stopped: string;
    readonly stop: string;
    readonly start: string;
  };
  readonly jobs: string;
  readonly columns: {
    readonly name: string;
    readonly last: string;
    readonly next: string;
    readonly queue: string;
    readonly action: string;
  };
  /** Names of jobs in words. */
  readonly names: Readonly<Record<string, string>>;
  every(interval: string): string;
  readonly never: string;
  readonly running: string;
  lasted(outcome: string, length: string): string;
  readonly failed: string;
  readonly done: string;
  readonly noQueue: string;
  waiting(count: number): string;
  readonly late: string;
  failing(times: number): string;
  readonly since: string;
  readonly errors: Readonly<Record<Failure, string>>;
  /** Before the reference of the line of the log. */
  readonly reference: string;
  readonly copy: string;
  copyOf(reference: string): string;
  readonly run: string;
  readonly retry: string;
  runNamed(name: string): string;
  retryNamed(name: string): string;
  ran(name: string, length: string): string;
  ranBadly(name: string): string;
  stillRuns(name: string): string;
  notRun(name: string): string;
}

interface TokensMessages {
  readonly rates: string;
  readonly rateNote: string;
  readonly minute: string;
  readonly hour: string;
  rate(rate: TokenRate): string;
  readonly chart: string;
  readonly asTable: string;
  readonly ago: string;
  minutesAgo(count: number): string;
  readonly outcomes: Readonly<Record<keyof TokenRate, string>>;
  readonly living: string;
  readonly livingNote: string;
  readonly incomplete: string;
  readonly application: string;
  readonly kinds: Readonly<Record<TokenCountKind, string>>;
  readonly total: string;
  readonly none: { readonly what: string; readonly how: string };
  readonly more: string;
  readonly failed: string;
}

export const JOBS: Catalogue<JobsMessages> = {
  en: {
    title: 'Tokens and jobs',
    refresh: {
      running: 'Read again every 10 seconds.',
      stopped: 'Not read again by itself.',
      stop: 'Stop refreshing',
      start: 'Refresh by itself',
    },
    jobs: 'Jobs of this process',
    columns: { name: 'Job', last: 'Last run', next: 'Next run', queue: 'Waiting', action: 'Run' },
    names: {
      expire: 'Remove what has expired',
      rotate_keys: 'Make successors of signing keys',
      suspend: 'Suspend access of disabled accounts',
      back_channel_logout: 'Tell applications of sign-outs',
      note_usage: 'Note the use of access',
      note_activity: 'Note activity',
      stop_access: 'Finish stops of all access',
      tell_ends: 'Tell owners of ended access',
      ask_services: 'Ask whether resource servers are there',
      send_notices: 'Send messages to people',
    },
    every: (interval) => `every ${interval}`,
    never: 'Not yet',
    running: 'Runs now',
    lasted: (outcome, length) => `${outcome} in ${length},`,
    failed: 'Failed',
    done: 'Done',
    noQueue: 'No queue',
    waiting: (count) => (count >= 1000 ? '1,000 or more' : String(count)),
    late: 'Late: it was due',
    failing: (times) => (times === 1 ? 'Its last run failed' : `Its last ${times} runs failed`),
    since: 'the first of them',
    reference: 'Reference in the log:',
    copy: 'Copy',
    copyOf: (reference) => `Copy ${reference}`,
    errors: {
      database: 'The database did not do what it was asked to.',
      network: 'Another server could not be reached.',
      internal: 'Something inside this server went wrong.',
    },
    run: 'Run now',
    retry: 'Retry',
    runNamed: (name) => `Run now: ${name}`,
    retryNamed: (name) => `Retry: ${name}`,
    ran: (name, length) => `${name}: done in ${length}.`,
    ranBadly: (name) => `${name}: failed. The log says why, in a line “job failed”.`,
    stillRuns: (name) => `${name}: still running.`,
    notRun: (name) => `${name}: could not be started. Nothing was changed.`,
  },
  de: {
    title: 'Tokens und Aufgaben',
    refresh: {
      running: 'Wird alle 10 Sekunden neu gelesen.',
      stopped: 'Wird nicht von selbst neu gelesen.',
      stop: 'Nicht mehr auffrischen',
      start: 'Von selbst auffrischen',
    },
    jobs: 'Aufgaben dieses Prozesses',
    columns: {
      name: 'Aufgabe',
      last: 'Letzter Lauf',
      next: 'Nächster Lauf',
      queue: 'Wartet',
      action: 'Ausführen',
    },
    names: {
      expire: 'Abgelaufenes entfernen',
      rotate_keys: 'Nachfolger von Signaturschlüsseln erzeugen',
      suspend: 'Zugriff gesperrter Konten aussetzen',
      back_channel_logout: 'Anwendungen Abmeldungen mitteilen',
      note_usage: 'Nutzung von Zugriff festhalten',
      note_activity: 'Aktivität festhalten',
      stop_access: 'Beenden aller Zugriffe fertigstellen',
      tell_ends: 'Eigentümern beendeten Zugriff mitteilen',
      ask_services: 'Fragen, ob Ressourcen-Server da sind',
      send_notices: 'Nachrichten an Personen senden',
    },
    every: (interval) => `alle ${interval}`,
    never: 'Noch keiner',
    running: 'Läuft gerade',
    lasted: (outcome, length) => `${outcome} nach ${length},`,
    failed: 'Gescheitert',
    done: 'Fertig',
    noQueue: 'Keine Warteschlange',
    waiting: (count) => (count >= 1000 ? '1.000 oder mehr' : String(count)),
    late: 'Verspätet: fällig war sie',
    failing: (times) =>
      times === 1 ? 'Der letzte Lauf ist gescheitert' : `Die letzten ${times} Läufe sind gescheitert`,
    since: 'der erste davon',
    reference: 'Kennung im Protokoll:',
    copy: 'Kopieren',
    copyOf: (reference) => `${reference} kopieren`,
    errors: {
      database: 'Die Datenbank hat nicht getan, was sie sollte.',
      network: 'Ein anderer Server war nicht zu erreichen.',
      internal: 'In diesem Server ist etwas schiefgegangen.',
    },
    run: 'Jetzt ausführen',
    retry: 'Noch einmal',
    runNamed: (name) => `Jetzt ausführen: ${name}`,
    retryNamed: (name) => `Noch einmal: ${name}`,
    ran: (name, length) => `${name}: fertig nach ${length}.`,
    ranBadly: (name) => `${name}: gescheitert. Warum, steht im Protokoll in einer Zeile „job failed“.`,
    stillRuns: (name) => `${name}: läuft noch.`,
    notRun: (name) => `${name}: ließ sich nicht starten. Es wurde nichts geändert.`,
  },
};

export const TOKENS: Catalogue<TokensMessages> = {
  en: {
    rates: 'Token endpoint',
    rateNote: 'Of the process that answered; it forgets when it restarts.',
    minute: 'Last minute',
    hour: 'Last hour',
    rate: ({ issued, refused, failed }) => `${issued} issued, ${refused} refused, ${failed} failed`,
    chart: 'Answers of the token endpoint in the last hour, minute by minute',
    asTable: 'As a table',
    ago: 'Minute',
    minutesAgo: (count) => (count === 0 ? 'the last' : `${count} min ago`),
    outcomes: { issued: 'Issued', refused: 'Refused', failed: 'Failed' },
    living: 'Living tokens by application',
    livingNote:
      'Access tokens that resource servers read by themselves (JWT) have no entry, so they are not among these. Ended access counts no more.',
    incomplete: 'There are more than 100,000 of a kind: those that end first were counted.',
    application: 'Application',
    kinds: {
      access: 'Access',
      protection: 'Protection API',
      rpt: 'Requesting party',
      refresh: 'Refresh',
      pct: 'Kept claims',
    },
    total: 'All',
    none: { what: 'No token lives now.', how: 'The first appears when an application gets one.' },
    more: 'Show more applications',
    failed: 'The tokens could not be counted.',
  },
  de: {
    rates: 'Token-Endpunkt',
    rateNote: 'Des Prozesses, der geantwortet hat; bei einem Neustart vergisst er es.',
    minute: 'Letzte Minute',
    hour: 'Letzte Stunde',
    rate: ({ issued, refused, failed }) => `${issued} ausgestellt, ${refused} abgelehnt, ${failed} gescheitert`,
    chart: 'Antworten des Token-Endpunkts in der letzten Stunde, Minute für Minute',
    asTable: 'Als Tabelle',
    ago: 'Minute',
    minutesAgo: (count) => (count === 0 ? 'die letzte' : `vor ${count} min`),
    outcomes: { issued: 'Ausgestellt', refused: 'Abgelehnt', failed: 'Gescheitert' },
    living: 'Lebende Tokens je Anwendung',
    livingNote:
      'Zugriffstokens, die Ressourcen-Server selbst lesen (JWT), haben keinen Eintrag und sind nicht dabei. Beendeter Zugriff zählt nicht mehr.',
    incomplete: 'Von einer Art gibt es mehr als 100.000: gezählt wurden die, die zuerst enden.',
    application: 'Anwendung',
    kinds: {
      access: 'Zugriff',
      protection: 'Schutz-API',
      rpt: 'Anfragende',
      refresh: 'Erneuerung',
      pct: 'Gemerkte Angaben',
    },
    total: 'Alle',
    none: { what: 'Gerade lebt kein Token.', how: 'Das erste erscheint, wenn eine Anwendung eines bekommt.' },
    more: 'Mehr Anwendungen zeigen',
    failed: 'Die Tokens ließen sich nicht zählen.',
  },
};
