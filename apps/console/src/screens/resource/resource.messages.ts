import type { Catalogue } from '../../language/language.js';

interface ResourceMessages {
  readonly title: string;
  readonly failed: string;
  readonly at: (service: string) => string;
  readonly tabs: string;
  readonly access: string;
  readonly activity: string;
  readonly link: string;
  readonly toAll: string;
  readonly accessFailed: string;
  readonly onlyYou: { readonly what: string; readonly how: string };
  readonly activityFailed: string;
  readonly nothingYet: { readonly what: string; readonly how: string };
  readonly toService: (service: string) => string;
  readonly noLink: (service: string) => string;
  readonly silent: (service: string, when: string) => string;
  readonly silentAlways: (service: string) => string;
  readonly allowed: string;
  readonly allowedNothing: string;
  readonly labels: {
    readonly legend: string;
    readonly none: string;
    readonly edit: string;
    readonly field: string;
    readonly help: string;
    readonly save: string;
    readonly cancel: string;
    readonly saved: string;
    readonly failed: string;
    readonly tooLong: (label: string) => string;
    readonly tooMany: string;
  };
  readonly technical: { readonly id: string; readonly type: string; readonly scopes: string };
}

export const RESOURCE: Catalogue<ResourceMessages> = {
  en: {
    title: 'Resource',
    failed: 'This could not be read.',
    at: (service) => `Kept by ${service}`,
    tabs: 'About this resource',
    access: 'Who has access',
    activity: 'Activity',
    link: 'At the service',
    toAll: 'To all your resources',
    accessFailed: 'Who has access could not be read.',
    onlyYou: { what: 'Only you can use this.', how: 'Whoever you share it with stands here, with when it ends.' },
    activityFailed: 'What happened could not be read.',
    nothingYet: {
      what: 'Nothing has happened here yet.',
      how: 'Sharing, use and refusals stand here as they happen. What is older than the server keeps is not shown.',
    },
    toService: (service) => `Open it at ${service}`,
    noLink: (service) => `${service} does not say where it shows this to people.`,
    silent: (service, when) => `${service} does not answer. What you see was true ${when}.`,
    silentAlways: (service) => `${service} does not answer. What you see may be old.`,
    allowed: 'What can be allowed on it',
    allowedNothing: 'Its service has not said what can be allowed on it.',
    labels: {
      legend: 'Labels',
      none: 'No labels',
      edit: 'Edit labels',
      field: 'Labels',
      help: 'Your own words to find it by, with commas between them. Only you see them.',
      save: 'Save labels',
      cancel: 'Leave as they are',
      saved: 'The labels are saved.',
      failed: 'The labels could not be saved.',
      tooLong: (label) => `“${label}” is longer than 40 letters.`,
      tooMany: 'These are more than 20 labels.',
    },
    technical: { id: 'Identifier', type: 'Kind', scopes: 'Scopes' },
  },
  de: {
    title: 'Ressource',
    failed: 'Das konnte nicht gelesen werden.',
    at: (service) => `Bei ${service}`,
    tabs: 'Zu dieser Ressource',
    access: 'Wer hat Zugriff',
    activity: 'Verlauf',
    link: 'Beim Dienst',
    toAll: 'Zu allen Ihren Ressourcen',
    accessFailed: 'Wer Zugriff hat, konnte nicht gelesen werden.',
    onlyYou: {
      what: 'Nur Sie können das nutzen.',
      how: 'Mit wem Sie es teilen, steht dann hier, und bis wann.',
    },
    activityFailed: 'Was geschehen ist, konnte nicht gelesen werden.',
    nothingYet: {
      what: 'Hier ist noch nichts geschehen.',
      how: 'Teilen, Nutzung und Ablehnungen stehen hier, sobald sie geschehen. Was älter ist, als der Server aufbewahrt, fehlt.',
    },
    toService: (service) => `Bei ${service} öffnen`,
    noLink: (service) => `${service} sagt nicht, wo es das zeigt.`,
    silent: (service, when) => `${service} antwortet nicht. Was Sie sehen, galt ${when}.`,
    silentAlways: (service) => `${service} antwortet nicht. Was Sie sehen, kann veraltet sein.`,
    allowed: 'Was sich erlauben lässt',
    allowedNothing: 'Der Dienst hat nicht gesagt, was sich erlauben lässt.',
    labels: {
      legend: 'Stichwörter',
      none: 'Keine Stichwörter',
      edit: 'Stichwörter ändern',
      field: 'Stichwörter',
      help: 'Ihre eigenen Wörter zum Wiederfinden, mit Kommas dazwischen. Nur Sie sehen sie.',
      save: 'Stichwörter speichern',
      cancel: 'So lassen',
      saved: 'Die Stichwörter sind gespeichert.',
      failed: 'Die Stichwörter konnten nicht gespeichert werden.',
      tooLong: (label) => `„${label}“ ist länger als 40 Buchstaben.`,
      tooMany: 'Das sind mehr als 20 Stichwörter.',
    },
    technical: { id: 'Kennung', type: 'Art', scopes: 'Scopes' },
  },
};
