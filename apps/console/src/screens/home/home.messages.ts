import type { Catalogue } from '../../language/language.js';

interface HomeMessages {
  readonly title: string;
  readonly failed: string;
  readonly empty: { readonly what: string; readonly how: string };
  readonly since: string;
}

export const HOME: Catalogue<HomeMessages> = {
  en: {
    title: 'Your resources',
    failed: 'Your resources could not be read.',
    empty: {
      what: 'No service has registered anything of yours yet.',
      how: 'What you keep at a service shows here as soon as the service protects it with this server.',
    },
    since: 'Registered',
  },
  de: {
    title: 'Ihre Ressourcen',
    failed: 'Ihre Ressourcen konnten nicht gelesen werden.',
    empty: {
      what: 'Noch hat kein Dienst etwas von Ihnen angemeldet.',
      how: 'Was Sie bei einem Dienst haben, steht hier, sobald der Dienst es mit diesem Server schützt.',
    },
    since: 'Angemeldet',
  },
};
