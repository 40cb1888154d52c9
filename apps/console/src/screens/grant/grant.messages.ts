import type { Catalogue } from '../../language/language.js';

interface GrantMessages {
  readonly title: string;
  readonly titleOf: (name: string) => string;
  readonly failed: string;
  readonly back: string;
  readonly chains: string;
  readonly tokens: string;
  readonly alive: (count: number) => string;
  readonly selfContained: (end: string) => string;
  readonly history: string;
  readonly noHistory: string;
  readonly allHistory: string;
}

export const GRANT: Catalogue<GrantMessages> = {
  en: {
    title: 'Access',
    titleOf: (name) => `Access of ${name}`,
    failed: 'This access could not be read.',
    back: 'Who has access',
    chains: 'How it reaches your data',
    tokens: 'In use now',
    alive: (count) =>
      count === 0
        ? 'Nobody is using it at this moment.'
        : count === 1
          ? '1 session can use it now. Revoke ends it at once.'
          : `${count} sessions can use it now. Revoke ends them at once.`,
    selfContained: (end) => `What was handed out already may still be taken ${end}, even after Revoke.`,
    history: 'What happened',
    noHistory: 'Nothing is known yet.',
    allHistory: 'All activity',
  },
  de: {
    title: 'Zugriff',
    titleOf: (name) => `Zugriff von ${name}`,
    failed: 'Dieser Zugriff konnte nicht gelesen werden.',
    back: 'Wer Zugriff hat',
    chains: 'Weg zu Ihren Daten',
    tokens: 'Gerade in Gebrauch',
    alive: (count) =>
      count === 0
        ? 'Gerade nutzt ihn niemand.'
        : count === 1
          ? '1 Sitzung kann ihn gerade nutzen. Entziehen beendet sie sofort.'
          : `${count} Sitzungen können ihn gerade nutzen. Entziehen beendet sie sofort.`,
    selfContained: (end) => `Was schon ausgegeben ist, kann noch gelten ${end}, auch nach dem Entziehen.`,
    history: 'Was geschehen ist',
    noHistory: 'Noch ist nichts bekannt.',
    allHistory: 'Der ganze Verlauf',
  },
};
