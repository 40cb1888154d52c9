import type { ResourceFilter } from '@valetkey/owner-contract';
import type { Catalogue } from '../../language/language.js';

interface HomeMessages {
  readonly title: string;
  readonly failed: string;
  readonly summaryFailed: string;
  readonly handoversFailed: string;
  readonly lead: (things: number, services: number, shared: number) => string;
  readonly cover: string;
  readonly empty: { readonly what: string; readonly how: string; readonly services: (names: string) => string };
  readonly noMatch: Readonly<Record<ResourceFilter, string>>;
  readonly waiting: (count: number) => string;
  readonly oldest: (when: string) => string;
  readonly review: string;
  readonly endCover: string;
  readonly coverNotEnded: string;
  readonly search: string;
  readonly show: string;
  readonly filters: Readonly<Record<ResourceFilter, string>>;
  readonly group: { readonly legend: string; readonly service: string; readonly label: string; readonly none: string };
  readonly label: string;
  readonly everyLabel: string;
  readonly labels: string;
  readonly found: (count: number) => string;
  readonly silent: (service: string, when: string) => string;
  readonly silentAlways: (service: string) => string;
  readonly askAgain: string;
  readonly star: (name: string) => string;
  readonly starFailed: (name: string) => string;
  readonly more: (shown: number, total: number) => string;
  readonly moreUncounted: string;
  readonly several: {
    readonly start: string;
    readonly stop: string;
    readonly choose: (name: string) => string;
    readonly chosen: (count: number) => string;
    readonly share: (count: number) => string;
    readonly most: (count: number) => string;
    readonly none: string;
  };
}

const en = new Intl.NumberFormat('en-GB');
const de = new Intl.NumberFormat('de');

const things = (count: number) => (count === 1 ? '1 thing' : `${en.format(count)} things`);
const dinge = (count: number) => (count === 1 ? '1 Ressource' : `${de.format(count)} Ressourcen`);

export const HOME: Catalogue<HomeMessages> = {
  en: {
    title: 'Your resources',
    failed: 'Your resources could not be read.',
    summaryFailed: 'Who waits for your answer could not be read.',
    handoversFailed: 'Who covers for you could not be read.',
    lead: (count, services, shared) =>
      `${things(count)} in ${services === 1 ? '1 service' : `${en.format(services)} services`} · ` +
      (shared === 0 ? 'nothing is shared' : shared === 1 ? '1 is shared' : `${en.format(shared)} are shared`),
    cover: 'Cover for me while away',
    empty: {
      what: 'No service has registered anything of yours yet.',
      how: 'What you keep at a service shows here as soon as the service protects it with this server.',
      services: (names) => `These services can: ${names}.`,
    },
    noMatch: {
      all: 'Nothing of yours matches.',
      shared: 'Nothing that is shared matches.',
      private: 'Nothing that is yours alone matches.',
      ending: 'No access that ends within 7 days matches.',
      starred: 'Nothing with a star matches.',
    },
    waiting: (count) =>
      count === 1 ? '1 request is waiting for your answer' : `${en.format(count)} requests are waiting for your answer`,
    oldest: (when) => `, asked ${when}.`,
    review: 'Review',
    endCover: 'I am back: end now',
    coverNotEnded: 'The cover could not be ended.',
    search: 'Search your resources',
    show: 'Show',
    filters: { all: 'All', shared: 'Shared', private: 'Only me', ending: 'Ending in 7 days', starred: 'With a star' },
    group: { legend: 'Group', service: 'By service', label: 'By label', none: 'Without a label' },
    label: 'Label',
    everyLabel: 'Every label',
    labels: 'Labels',
    found: (count) => (count === 1 ? '1 found' : `${en.format(count)} found`),
    silent: (service, when) => `${service} does not answer. What you see was true ${when}.`,
    silentAlways: (service) => `${service} does not answer. What you see may be old.`,
    askAgain: 'Try again',
    star: (name) => `Star: ${name}`,
    starFailed: (name) => `The star of ${name} could not be changed.`,
    more: (shown, total) => `Show more (${en.format(shown)} of ${en.format(total)} shown)`,
    moreUncounted: 'Show more',
    several: {
      start: 'Share several',
      stop: 'Stop choosing',
      choose: (name) => `Choose ${name}`,
      chosen: (count) => `${things(count)} chosen`,
      share: (count) => `Share ${things(count)}`,
      most: (count) => `No more than ${en.format(count)} things can be shared at once.`,
      none: 'Choose what you want to share first.',
    },
  },
  de: {
    title: 'Ihre Ressourcen',
    failed: 'Ihre Ressourcen konnten nicht gelesen werden.',
    summaryFailed: 'Wer auf Ihre Antwort wartet, konnte nicht gelesen werden.',
    handoversFailed: 'Wer Sie vertritt, konnte nicht gelesen werden.',
    lead: (count, services, shared) =>
      `${dinge(count)} bei ${services === 1 ? '1 Dienst' : `${de.format(services)} Diensten`} · ` +
      (shared === 0 ? 'nichts ist geteilt' : shared === 1 ? '1 ist geteilt' : `${de.format(shared)} sind geteilt`),
    cover: 'Vertretung einrichten',
    empty: {
      what: 'Noch hat kein Dienst etwas von Ihnen angemeldet.',
      how: 'Was Sie bei einem Dienst haben, steht hier, sobald der Dienst es mit diesem Server schützt.',
      services: (names) => `Diese Dienste können es: ${names}.`,
    },
    noMatch: {
      all: 'Nichts von Ihnen passt dazu.',
      shared: 'Nichts Geteiltes passt dazu.',
      private: 'Nichts, was nur Ihnen offensteht, passt dazu.',
      ending: 'Kein Zugriff, der in den nächsten 7 Tagen endet, passt dazu.',
      starred: 'Nichts mit Stern passt dazu.',
    },
    waiting: (count) =>
      count === 1 ? '1 Anfrage wartet auf Ihre Antwort' : `${de.format(count)} Anfragen warten auf Ihre Antwort`,
    oldest: (when) => `, gestellt ${when}.`,
    review: 'Ansehen',
    endCover: 'Ich bin zurück: jetzt beenden',
    coverNotEnded: 'Die Vertretung konnte nicht beendet werden.',
    search: 'Ihre Ressourcen durchsuchen',
    show: 'Zeigen',
    filters: { all: 'Alle', shared: 'Geteilte', private: 'Nur ich', ending: 'Endet in 7 Tagen', starred: 'Mit Stern' },
    group: { legend: 'Gruppieren', service: 'Nach Dienst', label: 'Nach Stichwort', none: 'Ohne Stichwort' },
    label: 'Stichwort',
    everyLabel: 'Jedes Stichwort',
    labels: 'Stichwörter',
    found: (count) => `${de.format(count)} gefunden`,
    silent: (service, when) => `${service} antwortet nicht. Was Sie sehen, galt ${when}.`,
    silentAlways: (service) => `${service} antwortet nicht. Was Sie sehen, kann veraltet sein.`,
    askAgain: 'Noch einmal versuchen',
    star: (name) => `Stern: ${name}`,
    starFailed: (name) => `Der Stern von ${name} konnte nicht geändert werden.`,
    more: (shown, total) => `Mehr zeigen (${de.format(shown)} von ${de.format(total)})`,
    moreUncounted: 'Mehr zeigen',
    several: {
      start: 'Mehreres teilen',
      stop: 'Auswahl beenden',
      choose: (name) => `${name} auswählen`,
      chosen: (count) => `${dinge(count)} ausgewählt`,
      share: (count) => `${dinge(count)} teilen`,
      most: (count) => `Mehr als ${de.format(count)} Ressourcen lassen sich nicht auf einmal teilen.`,
      none: 'Wählen Sie zuerst aus, was Sie teilen wollen.',
    },
  },
};
