import type { Catalogue } from '../../language/language.js';

interface ResourceMessages {
  readonly title: string;
}

export const RESOURCE: Catalogue<ResourceMessages> = {
  en: { title: 'Resource' },
  de: { title: 'Ressource' },
};
