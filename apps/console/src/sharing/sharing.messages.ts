import type { AccessOrigin, ScopeLevel } from '@valetkey/owner-contract';
import type { Catalogue } from '../language/language.js';
import type { DurationProblem } from './duration.js';

/** Texts about access that several screens have. */
interface SharingMessages {
  readonly revoke: string;
  readonly revoking: string;
  /** Of the service that keeps her things. */
  readonly cutOff: {
    readonly open: string;
    readonly title: (name: string) => string;
    readonly breaks: (name: string) => string;
    readonly again: (name: string) => string;
    readonly confirm: (name: string) => string;
  };
  readonly giveBack: string;
  readonly giveBackUntil: (end: string) => string;
  readonly change: string;
  readonly details: string;
  /** Read, not seen, behind a button's words: what it is about. */
  readonly about: (what: string) => string;
  readonly failed: { readonly revoke: string; readonly giveBack: string; readonly change: string };
  readonly couldNotEnd: (what: string, why: string) => string;
  readonly goneAlready: string;
  readonly origins: Readonly<Record<AccessOrigin, string>>;
  readonly note: string;
  readonly allow: string;
  readonly allowIn: (resource: string) => string;
  readonly levels: Readonly<Record<ScopeLevel, string>>;
  readonly cannotBeGiven: string;
  readonly duration: {
    readonly legend: string;
    readonly dates: string;
    readonly noEnd: string;
    readonly first: string;
    readonly firstHelp: string;
    readonly last: string;
    readonly lastHelp: string;
    readonly longest: (duration: string) => string;
  };
  readonly problems: Readonly<Record<DurationProblem | 'nothing_allowed', string>>;
  readonly changeForm: {
    readonly title: (name: string) => string;
    readonly asNow: string;
    readonly save: (name: string) => string;
    readonly cancel: string;
    readonly close: string;
  };
  readonly lostRace: {
    readonly what: string;
    readonly theirs: string;
    readonly mine: string;
    readonly keepMine: string;
    readonly takeTheirs: string;
    readonly ended: string;
  };
  readonly technical: string;
  readonly more: string;
}

export const SHARING: Catalogue<SharingMessages> = {
  en: {
    revoke: 'Revoke',
    revoking: 'Revoking',
    cutOff: {
      open: 'Disconnect …',
      title: (name) => `Disconnect ${name}?`,
      breaks: (name) =>
        `${name} keeps your things, and asks here who may use them. Without this access nobody gets in there any more, and no new request reaches you.`,
      again: (name) =>
        `It cannot be given back here. To connect it again, sign in at ${name} and connect it with this server.`,
      confirm: (name) => `Disconnect ${name}`,
    },
    giveBack: 'Give back',
    giveBackUntil: (end) => `Can be given back until ${end}`,
    change: 'Change',
    details: 'Details',
    about: (what) => `, ${what}`,
    failed: {
      revoke: 'The access could not be revoked.',
      giveBack: 'The access could not be given back.',
      change: 'The access could not be changed.',
    },
    couldNotEnd: (what, why) => `${what} could not be ended: ${why}`,
    goneAlready: 'This access has ended already.',
    origins: {
      share: 'shared by you',
      invitation: 'accepted from your invitation',
      request: 'approved by you',
      handover: 'handed over by you',
      consent: 'allowed by you at sign-in',
      operator: 'connected for you by the operator',
    },
    note: 'Your note',
    allow: 'Allow',
    allowIn: (resource) => `Allow in ${resource}`,
    levels: { see: 'See', change: 'Change', act: 'Act in your name', share: 'Share further' },
    cannotBeGiven: 'This cannot be given yet, because its service has not described it.',
    duration: {
      legend: 'For',
      dates: 'Choose dates',
      noEnd: 'No end date',
      first: 'First day',
      firstHelp: 'Today, if you leave it empty.',
      last: 'Last day',
      lastHelp: 'This day is included.',
      longest: (duration) => `At most ${duration}.`,
    },
    problems: {
      nothing_allowed: 'Tick at least one thing to allow.',
      no_last_day: 'Choose the last day.',
      last_day_first: 'The last day is before the first one.',
      last_day_past: 'The last day is over already.',
      too_long: 'That is longer than this server allows.',
    },
    changeForm: {
      title: (name) => `Change what ${name} can do`,
      asNow: 'As now',
      save: (name) => `Save for ${name}`,
      cancel: 'Leave as it is',
      close: 'Close',
    },
    lostRace: {
      what: 'This access was changed meanwhile. Which one shall it be?',
      theirs: 'As it is now',
      mine: 'As you want it',
      keepMine: 'Save mine',
      takeTheirs: 'Leave it as it is now',
      ended: 'This access ended meanwhile. Nothing was changed.',
    },
    technical: 'Technical details',
    more: 'Show more',
  },
  de: {
    revoke: 'Entziehen',
    revoking: 'Wird entzogen',
    cutOff: {
      open: 'Trennen …',
      title: (name) => `${name} trennen?`,
      breaks: (name) =>
        `${name} verwahrt Ihre Sachen und fragt hier, wer sie nutzen darf. Ohne diesen Zugriff kommt dort niemand mehr hinein, und keine neue Anfrage erreicht Sie.`,
      again: (name) =>
        `Hier lässt er sich nicht zurückgeben. Zum Wiederverbinden melden Sie sich bei ${name} an und verbinden es mit diesem Server.`,
      confirm: (name) => `${name} trennen`,
    },
    giveBack: 'Zurückgeben',
    giveBackUntil: (end) => `Kann zurückgegeben werden bis ${end}`,
    change: 'Ändern',
    details: 'Einzelheiten',
    about: (what) => `, ${what}`,
    failed: {
      revoke: 'Der Zugriff konnte nicht entzogen werden.',
      giveBack: 'Der Zugriff konnte nicht zurückgegeben werden.',
      change: 'Der Zugriff konnte nicht geändert werden.',
    },
    couldNotEnd: (what, why) => `${what} ließ sich nicht beenden: ${why}`,
    goneAlready: 'Dieser Zugriff ist schon zu Ende.',
    origins: {
      share: 'von Ihnen geteilt',
      invitation: 'aus Ihrer Einladung angenommen',
      request: 'von Ihnen genehmigt',
      handover: 'von Ihnen zur Vertretung übergeben',
      consent: 'von Ihnen beim Anmelden erlaubt',
      operator: 'vom Betreiber für Sie verbunden',
    },
    note: 'Ihre Notiz',
    allow: 'Erlauben',
    allowIn: (resource) => `In ${resource} erlauben`,
    levels: { see: 'Sehen', change: 'Ändern', act: 'In Ihrem Namen handeln', share: 'Weitergeben' },
    cannotBeGiven: 'Das lässt sich noch nicht geben, weil der Dienst es nicht beschrieben hat.',
    duration: {
      legend: 'Wie lange',
      dates: 'Daten wählen',
      noEnd: 'Ohne Enddatum',
      first: 'Erster Tag',
      firstHelp: 'Heute, wenn Sie es leer lassen.',
      last: 'Letzter Tag',
      lastHelp: 'Dieser Tag gehört dazu.',
      longest: (duration) => `Höchstens ${duration}.`,
    },
    problems: {
      nothing_allowed: 'Wählen Sie mindestens eine Sache, die erlaubt sein soll.',
      no_last_day: 'Wählen Sie den letzten Tag.',
      last_day_first: 'Der letzte Tag liegt vor dem ersten.',
      last_day_past: 'Der letzte Tag ist schon vorbei.',
      too_long: 'Das ist länger, als dieser Server erlaubt.',
    },
    changeForm: {
      title: (name) => `Ändern, was ${name} darf`,
      asNow: 'Wie jetzt',
      save: (name) => `Für ${name} speichern`,
      cancel: 'So lassen',
      close: 'Schließen',
    },
    lostRace: {
      what: 'Dieser Zugriff wurde inzwischen geändert. Welcher soll gelten?',
      theirs: 'So ist er jetzt',
      mine: 'So wollen Sie ihn',
      keepMine: 'Meinen speichern',
      takeTheirs: 'So lassen, wie er jetzt ist',
      ended: 'Dieser Zugriff ist inzwischen zu Ende. Es wurde nichts geändert.',
    },
    technical: 'Technische Einzelheiten',
    more: 'Mehr zeigen',
  },
};
