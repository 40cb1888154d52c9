import type { Catalogue } from '../../../language/language.js';

interface JobsMessages {
  readonly title: string;
  readonly jobs: string;
  readonly name: string;
  readonly every: string;
  readonly last: string;
  readonly never: string;
  readonly failed: string;
  readonly done: string;
  readonly seconds: (count: number) => string;
}

export const JOBS: Catalogue<JobsMessages> = {
  en: {
    title: 'Tokens and jobs',
    jobs: 'Jobs',
    name: 'Name',
    every: 'Every',
    last: 'Last run',
    never: 'Not yet',
    failed: 'failed',
    done: 'done',
    seconds: (count) => `${count} s`,
  },
  de: {
    title: 'Tokens und Aufgaben',
    jobs: 'Aufgaben',
    name: 'Name',
    every: 'Alle',
    last: 'Letzter Lauf',
    never: 'Noch keiner',
    failed: 'gescheitert',
    done: 'fertig',
    seconds: (count) => `${count} s`,
  },
};
