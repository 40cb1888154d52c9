import type { OwnRequestRow } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';

interface SharedWithMeMessages {
  readonly title: string;
  readonly failed: string;
  readonly present: string;
  readonly ended: string;
  readonly empty: { readonly what: string; readonly how: string };
  readonly open: (service: string) => string;
  readonly at: (service: string) => string;
  readonly asked: {
    readonly title: string;
    readonly failed: string;
    readonly none: string;
    readonly from: (owner: string, when: string) => string;
    readonly states: Readonly<Record<OwnRequestRow['state'], string>>;
    readonly answered: (state: string, when: string) => string;
  };
}

export const SHARED_WITH_ME: Catalogue<SharedWithMeMessages> = {
  en: {
    title: 'Shared with me',
    failed: 'What others share with you could not be read.',
    present: 'You can use',
    ended: 'Ended in the last 30 days',
    empty: {
      what: 'Nobody shares anything with you yet.',
      how: 'To ask for something, open it at its service or in an application: the owner is asked for you.',
    },
    open: (service) => `Open at ${service}`,
    at: (service) => `at ${service}`,
    asked: {
      title: 'What you asked for',
      failed: 'Your requests could not be read.',
      none: 'You have asked for nothing.',
      from: (owner, when) => `Asked ${owner}, ${when}`,
      states: { pending: 'Waiting', approved: 'Approved', denied: 'Denied', expired: 'Ended without an answer' },
      answered: (state, when) => `${state} ${when}`,
    },
  },
  de: {
    title: 'Mit mir geteilt',
    failed: 'Was andere mit Ihnen teilen, konnte nicht gelesen werden.',
    present: 'Das können Sie nutzen',
    ended: 'In den letzten 30 Tagen zu Ende gegangen',
    empty: {
      what: 'Noch teilt niemand etwas mit Ihnen.',
      how: 'Um etwas zu bitten: Öffnen Sie es bei seinem Dienst oder in einer Anwendung, dann wird für Sie gefragt.',
    },
    open: (service) => `Bei ${service} öffnen`,
    at: (service) => `bei ${service}`,
    asked: {
      title: 'Worum Sie gebeten haben',
      failed: 'Ihre Anfragen konnten nicht gelesen werden.',
      none: 'Sie haben um nichts gebeten.',
      from: (owner, when) => `${owner} gefragt, ${when}`,
      states: { pending: 'Wartet', approved: 'Genehmigt', denied: 'Abgelehnt', expired: 'Ohne Antwort zu Ende' },
      answered: (state, when) => `${state} ${when}`,
    },
  },
};
