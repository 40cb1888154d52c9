import type { ChainHop } from '@valetkey/owner-contract';
import type { Catalogue } from '../language/language.js';

interface ChainMessages {
  readonly none: string;
  readonly label: (index: number, count: number) => string;
  readonly more: (count: number) => string;
  readonly you: string;
  readonly resource: string;
  readonly roles: Readonly<Record<ChainHop['role'], string>>;
  readonly actedFor: (before: string) => string;
  readonly last: (when: string) => string;
  readonly unseen: string;
}

export const CHAIN: Catalogue<ChainMessages> = {
  en: {
    none: 'Nobody has used this access yet.',
    label: (index, count) =>
      count === 1 ? 'From you to your data' : `From you to your data, way ${index} of ${count}`,
    more: (count) => `and ${count} more`,
    you: 'You',
    resource: 'Resource',
    roles: { owner: 'owner', holder: 'has your access', actor: 'acted', service: 'keeps your data' },
    actedFor: (before) => `acted for ${before}`,
    last: (when) => `last ${when}`,
    unseen: 'allowed, not seen yet',
  },
  de: {
    none: 'Noch hat niemand diesen Zugriff genutzt.',
    label: (index, count) =>
      count === 1 ? 'Von Ihnen zu Ihren Daten' : `Von Ihnen zu Ihren Daten, Weg ${index} von ${count}`,
    more: (count) => `und ${count} weitere`,
    you: 'Sie',
    resource: 'Ressource',
    roles: { owner: 'gehört Ihnen', holder: 'hat Ihren Zugriff', actor: 'handelte', service: 'bewahrt Ihre Daten' },
    actedFor: (before) => `handelte für ${before}`,
    last: (when) => `zuletzt ${when}`,
    unseen: 'erlaubt, noch nicht gesehen',
  },
};
