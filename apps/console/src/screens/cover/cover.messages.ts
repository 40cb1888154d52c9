import type { HandoverDraft, HandoverPreview } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';
import type { CoverProblem } from './cover-draft.js';

interface CoverMessages {
  readonly title: string;
  readonly lead: string;
  readonly who: { readonly legend: string; readonly label: string };
  readonly what: { readonly legend: string; readonly help: string };
  readonly when: { readonly legend: string; readonly first: string; readonly last: string; readonly help: string };
  readonly limit: (day: string) => string;
  readonly how: {
    readonly legend: string;
    readonly allow: string;
    readonly levels: Readonly<Record<HandoverDraft['allow'], string>>;
    readonly never: string;
    readonly note: string;
  };
  readonly problems: Readonly<Record<CoverProblem, string>>;
  readonly review: {
    readonly button: string;
    readonly title: (name: string) => string;
    readonly none: string;
    readonly byItself: string;
    readonly gives: (count: number) => string;
    readonly leftOut: (count: number) => string;
    readonly why: Readonly<Record<HandoverPreview['left_out'][number]['why'], (name: string) => string>>;
    readonly away: (name: string, from: string, until: string) => string;
    readonly note: (name: string) => string;
    readonly back: string;
    readonly handOver: (name: string) => string;
    readonly failed: string;
    readonly previewFailed: string;
  };
  readonly present: {
    readonly title: string;
    readonly failed: string;
    readonly end: string;
    readonly callOff: string;
    readonly endFailed: string;
  };
}

export const COVER: Catalogue<CoverMessages> = {
  en: {
    title: 'Cover for me',
    lead: 'Somebody looks after your things while you are away. It ends by itself.',
    who: { legend: '1. Who covers for you?', label: 'Person' },
    what: { legend: '2. Which resources?', help: 'What may bind you, such as approvals, is chosen already.' },
    when: {
      legend: '3. From when to when?',
      first: 'First day',
      last: 'Last day, included',
      help: 'Days begin and end by your calendar.',
    },
    limit: (day) => `No later than ${day}.`,
    how: {
      legend: '4. How far may it go?',
      allow: 'They may',
      levels: { see: 'See only', act: 'See, change and act for you' },
      never: 'Sharing further is never handed over.',
      note: 'Note (optional)',
    },
    problems: {
      noPerson: 'Choose who covers for you.',
      nothingChosen: 'Choose at least one resource.',
      tooMany: 'At most 200 resources go into one handover. Hand the others over in a second one.',
      noFirst: 'Say which day is the first.',
      noLast: 'Say which day is the last.',
      lastPassed: 'The last day has passed already.',
      lastBeforeFirst: 'The last day is before the first.',
      tooLong: 'That is longer than the operator allows.',
    },
    review: {
      button: 'Review',
      title: (name) => `What ${name} gets`,
      none: 'Nothing of this can be handed over.',
      byItself: 'After that it ends by itself.',
      gives: (count) => (count === 1 ? '1 thing is handed over' : `${count} things are handed over`),
      leftOut: (count) => (count === 1 ? '1 thing is left out' : `${count} things are left out`),
      why: {
        nothing_to_give: () => 'Nothing of it may be handed over that far.',
      },
      away: (name, from, until) => `${name} is away too, from ${from} until ${until}.`,
      note: (name) => `Your note to ${name}`,
      back: 'Back',
      handOver: (name) => `Hand over to ${name}`,
      failed: 'Nothing was handed over.',
      previewFailed: 'What would be handed over could not be worked out.',
    },
    present: {
      title: 'Who covers for you now',
      failed: 'Who covers for you could not be read.',
      end: 'I am back: end now',
      callOff: 'Call it off',
      endFailed: 'The cover was not ended.',
    },
  },
  de: {
    title: 'Vertretung',
    lead: 'Jemand kümmert sich um Ihre Sachen, während Sie weg sind. Es endet von selbst.',
    who: { legend: '1. Wer vertritt Sie?', label: 'Person' },
    what: { legend: '2. Welche Ressourcen?', help: 'Was Sie binden kann, etwa Genehmigungen, ist schon gewählt.' },
    when: {
      legend: '3. Von wann bis wann?',
      first: 'Erster Tag',
      last: 'Letzter Tag, eingeschlossen',
      help: 'Tage beginnen und enden nach Ihrem Kalender.',
    },
    limit: (day) => `Nicht später als ${day}.`,
    how: {
      legend: '4. Wie weit darf das gehen?',
      allow: 'Erlaubt ist',
      levels: { see: 'Nur ansehen', act: 'Ansehen, ändern und für Sie handeln' },
      never: 'Weiterteilen wird nie übergeben.',
      note: 'Nachricht (freiwillig)',
    },
    problems: {
      noPerson: 'Wählen Sie, wer Sie vertritt.',
      nothingChosen: 'Wählen Sie mindestens eine Ressource.',
      tooMany: 'Eine Vertretung umfasst höchstens 200 Ressourcen. Übergeben Sie die anderen in einer zweiten.',
      noFirst: 'Nennen Sie den ersten Tag.',
      noLast: 'Nennen Sie den letzten Tag.',
      lastPassed: 'Der letzte Tag ist schon vorbei.',
      lastBeforeFirst: 'Der letzte Tag liegt vor dem ersten.',
      tooLong: 'Das ist länger, als der Betreiber erlaubt.',
    },
    review: {
      button: 'Prüfen',
      title: (name) => `Was ${name} bekommt`,
      none: 'Davon kann nichts übergeben werden.',
      byItself: 'Danach endet es von selbst.',
      gives: (count) => (count === 1 ? '1 Sache wird übergeben' : `${count} Sachen werden übergeben`),
      leftOut: (count) => (count === 1 ? '1 Sache bleibt außen vor' : `${count} Sachen bleiben außen vor`),
      why: {
        nothing_to_give: () => 'Davon darf so weit nichts übergeben werden.',
      },
      away: (name, from, until) => `${name} ist auch weg, von ${from} bis ${until}.`,
      note: (name) => `Ihre Nachricht an ${name}`,
      back: 'Zurück',
      handOver: (name) => `An ${name} übergeben`,
      failed: 'Es wurde nichts übergeben.',
      previewFailed: 'Was übergeben würde, ließ sich nicht ermitteln.',
    },
    present: {
      title: 'Wer Sie gerade vertritt',
      failed: 'Wer Sie vertritt, konnte nicht gelesen werden.',
      end: 'Ich bin zurück: jetzt beenden',
      callOff: 'Absagen',
      endFailed: 'Die Vertretung wurde nicht beendet.',
    },
  },
};
