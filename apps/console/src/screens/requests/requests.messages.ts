import type { Vouching } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';

interface RequestsMessages {
  readonly title: string;
  readonly titleAnswered: string;
  readonly tabs: { readonly legend: string; readonly waiting: string; readonly answered: string };
  readonly failed: string;
  readonly empty: { readonly what: string; readonly how: string; readonly action: string; readonly noMore: string };
  readonly noneAnswered: { readonly what: string; readonly how: string };
  readonly asked: (when: string) => string;
  readonly waitsUntil: (end: string) => string;
  readonly reasonGiven: string;
  readonly context: {
    readonly who: string;
    readonly account: string;
    readonly partner: (partner: string) => string;
    readonly partnerAt: (partner: string, when: string) => string;
    readonly signedIn: Readonly<Record<NonNullable<Vouching['means']> | 'somehow', (when: string) => string>>;
    readonly facts: (facts: string) => string;
    readonly nameFact: (name: string) => string;
    readonly emailFact: (email: string) => string;
    readonly operator: string;
    readonly nobody: string;
    readonly first: string;
    readonly hadBefore: (until: string) => string;
    readonly hadBeforeOpen: string;
    readonly worksThrough: (application: string) => string;
    readonly worksThroughOf: (application: string, publisher: string) => string;
    readonly checked: string;
    readonly unchecked: string;
    readonly rests: string;
    readonly others: string;
    readonly hasAlready: (name: string, until: string) => string;
  };
  readonly askedDuration: (day: string) => string;
  readonly less: (name: string) => string;
  readonly approve: string;
  readonly approveFor: (duration: string) => string;
  readonly approveUntil: (day: string) => string;
  readonly approveNoEnd: string;
  readonly deny: string;
  readonly denyWithReason: string;
  readonly reason: string;
  readonly reasonHelp: (name: string) => string;
  readonly denyAndMute: string;
  readonly back: string;
  readonly failedAnswer: { readonly approve: string; readonly deny: string; readonly undo: string };
  readonly changed: string;
  readonly elsewhere: string;
  readonly outcome: {
    readonly approved: (when: string) => string;
    readonly approvedAndOver: (when: string) => string;
    readonly denied: (when: string) => string;
    readonly reason: string;
    readonly muted: (until: string) => string;
    readonly expired: (when: string) => string;
    readonly grantAnyway: string;
    readonly given: string;
  };
  readonly undo: string;
  readonly undone: (name: string) => string;
  readonly reopened: (name: string) => string;
  readonly seeAccess: string;
}

export const REQUESTS: Catalogue<RequestsMessages> = {
  en: {
    title: 'Requests waiting for you',
    titleAnswered: 'Requests you answered',
    tabs: { legend: 'Which requests', waiting: 'Waiting', answered: 'Answered' },
    failed: 'The requests could not be read.',
    empty: {
      what: 'Nothing is waiting.',
      how: 'When somebody asks for something of yours, it shows here at once.',
      action: 'See who has access',
      noMore: 'Nothing else is waiting.',
    },
    noneAnswered: { what: 'You have answered nothing yet.', how: 'Requests stay here for a while after your answer.' },
    asked: (when) => `asked ${when}`,
    waitsUntil: (end) => `waits until ${end}`,
    reasonGiven: 'The reason given',
    context: {
      who: 'Who is this?',
      account: 'Has an account here.',
      partner: (partner) => `Signed in through ${partner}, who vouches for the name.`,
      partnerAt: (partner, when) => `Signed in through ${partner}, who vouches for the name; checked ${when}.`,
      signedIn: {
        password: (when) => `Signed in here with a password ${when}.`,
        two_steps: (when) => `Signed in here with a password and a code ${when}.`,
        passkey: (when) => `Signed in here with a passkey ${when}.`,
        somehow: (when) => `Signed in here ${when}.`,
      },
      facts: (facts) => `Facts that came with it: ${facts}.`,
      nameFact: (name) => `the name ${name}`,
      emailFact: (email) => `the e-mail address ${email}`,
      operator: 'Checked by the operator of this server.',
      nobody: 'Nobody has checked who this is.',
      first: 'First request to you.',
      hadBefore: (until) => `Had access before, until ${until}.`,
      hadBeforeOpen: 'Has had access before.',
      worksThrough: (application) => `Works through ${application}`,
      worksThroughOf: (application, publisher) => `Works through ${application} by ${publisher}`,
      checked: ', checked by the operator.',
      unchecked: ', which nobody has checked.',
      rests: 'The operator suspended or removed this application: it cannot be given anything. You can deny.',
      others: 'Others',
      hasAlready: (name, until) => `${name} already has access ${until}.`,
    },
    askedDuration: (day) => `Until ${day}, as asked`,
    less: (name) => `You allow less than asked. ${name} is told what was given.`,
    approve: 'Approve',
    approveFor: (duration) => `Approve for ${duration}`,
    approveUntil: (day) => `Approve until ${day}`,
    approveNoEnd: 'Approve with no end date',
    deny: 'Deny',
    denyWithReason: 'Deny with a reason, or for longer',
    reason: 'Reason',
    reasonHelp: (name) => `If you like. ${name} reads it.`,
    denyAndMute: 'Deny, and no new requests for 30 days',
    back: 'Back to the answer',
    failedAnswer: {
      approve: 'The request could not be approved.',
      deny: 'The request could not be denied.',
      undo: 'That could not be undone.',
    },
    changed: 'This request was changed meanwhile. This is how it is now.',
    elsewhere: 'This was answered in another window or on another device.',
    outcome: {
      approved: (when) => `You approved this ${when}.`,
      approvedAndOver: (when) => `You approved this ${when}; what you gave is over.`,
      denied: (when) => `You denied this ${when}.`,
      reason: 'Your reason',
      muted: (until) => `No new requests until ${until}.`,
      expired: (when) => `Nobody answered in time: it ended ${when}.`,
      grantAnyway: 'You can still give what was asked for.',
      given: 'Given.',
    },
    undo: 'Undo',
    undone: (name) => `${name} no longer has this access.`,
    reopened: (name) => `The request of ${name} waits again.`,
    seeAccess: 'See this access',
  },
  de: {
    title: 'Anfragen, die auf Sie warten',
    titleAnswered: 'Beantwortete Anfragen',
    tabs: { legend: 'Welche Anfragen', waiting: 'Offen', answered: 'Beantwortet' },
    failed: 'Die Anfragen konnten nicht gelesen werden.',
    empty: {
      what: 'Nichts wartet auf Sie.',
      how: 'Wenn jemand um etwas von Ihnen bittet, steht es sofort hier.',
      action: 'Zeigen, wer Zugriff hat',
      noMore: 'Sonst wartet nichts.',
    },
    noneAnswered: {
      what: 'Sie haben noch nichts beantwortet.',
      how: 'Anfragen bleiben nach Ihrer Antwort eine Weile hier stehen.',
    },
    asked: (when) => `gefragt ${when}`,
    waitsUntil: (end) => `wartet bis ${end}`,
    reasonGiven: 'Die Begründung',
    context: {
      who: 'Wer ist das?',
      account: 'Hat hier ein Konto.',
      partner: (partner) => `Angemeldet über ${partner}; von dort ist der Name bestätigt.`,
      partnerAt: (partner, when) => `Angemeldet über ${partner}, von dort ist der Name bestätigt; geprüft ${when}.`,
      signedIn: {
        password: (when) => `Hier mit Passwort angemeldet: ${when}.`,
        two_steps: (when) => `Hier mit Passwort und Code angemeldet: ${when}.`,
        passkey: (when) => `Hier mit Passkey angemeldet: ${when}.`,
        somehow: (when) => `Hier angemeldet: ${when}.`,
      },
      facts: (facts) => `Angaben dabei: ${facts}.`,
      nameFact: (name) => `der Name ${name}`,
      emailFact: (email) => `die E-Mail-Adresse ${email}`,
      operator: 'Vom Betreiber dieses Servers geprüft.',
      nobody: 'Niemand hat geprüft, wer das ist.',
      first: 'Erste Anfrage an Sie.',
      hadBefore: (until) => `Hatte schon einmal Zugriff, bis ${until}.`,
      hadBeforeOpen: 'Hatte schon einmal Zugriff.',
      worksThrough: (application) => `Arbeitet mit ${application}`,
      worksThroughOf: (application, publisher) => `Arbeitet mit ${application} von ${publisher}`,
      checked: ', vom Betreiber geprüft.',
      unchecked: ', von niemandem geprüft.',
      rests:
        'Der Betreiber hat diese Anwendung gesperrt oder entfernt: Ihr lässt sich nichts geben. Sie können ablehnen.',
      others: 'Andere',
      hasAlready: (name, until) => `${name} hat schon Zugriff ${until}.`,
    },
    askedDuration: (day) => `Bis ${day}, wie gefragt`,
    less: (name) => `Sie erlauben weniger als gefragt. ${name} erfährt, was gegeben wurde.`,
    approve: 'Genehmigen',
    approveFor: (duration) => `Für ${duration} genehmigen`,
    approveUntil: (day) => `Bis ${day} genehmigen`,
    approveNoEnd: 'Ohne Enddatum genehmigen',
    deny: 'Ablehnen',
    denyWithReason: 'Mit Begründung oder für länger ablehnen',
    reason: 'Begründung',
    reasonHelp: (name) => `Wenn Sie möchten. ${name} liest sie.`,
    denyAndMute: 'Ablehnen, und 30 Tage keine neuen Anfragen',
    back: 'Zurück zur Antwort',
    failedAnswer: {
      approve: 'Die Anfrage konnte nicht genehmigt werden.',
      deny: 'Die Anfrage konnte nicht abgelehnt werden.',
      undo: 'Das ließ sich nicht rückgängig machen.',
    },
    changed: 'Diese Anfrage wurde inzwischen geändert. So ist sie jetzt.',
    elsewhere: 'Das wurde in einem anderen Fenster oder auf einem anderen Gerät beantwortet.',
    outcome: {
      approved: (when) => `Sie haben das ${when} genehmigt.`,
      approvedAndOver: (when) => `Sie haben das ${when} genehmigt; was Sie gegeben haben, ist zu Ende.`,
      denied: (when) => `Sie haben das abgelehnt: ${when}.`,
      reason: 'Ihre Begründung',
      muted: (until) => `Keine neuen Anfragen bis ${until}.`,
      expired: (when) => `Niemand hat rechtzeitig geantwortet, sie ging zu Ende: ${when}.`,
      grantAnyway: 'Sie können trotzdem geben, worum gebeten wurde.',
      given: 'Gegeben.',
    },
    undo: 'Rückgängig',
    undone: (name) => `${name} hat diesen Zugriff nicht mehr.`,
    reopened: (name) => `Die Anfrage von ${name} wartet wieder.`,
    seeAccess: 'Diesen Zugriff ansehen',
  },
};
