import type { Catalogue } from '../../language/language.js';

interface SecretMessages {
  readonly once: string;
  readonly help: string;
  readonly copy: string;
  readonly download: string;
  readonly lost: string;
}

export const SECRET: Catalogue<SecretMessages> = {
  en: {
    once: 'This secret is shown once.',
    help: 'Keep it now, and give it to nobody but the application.',
    copy: 'Copy the secret',
    download: 'Download as a file',
    lost: 'A secret was made, but it never arrived here, and is shown only once. Make a new one.',
  },
  de: {
    once: 'Dieses Geheimnis wird einmal gezeigt.',
    help: 'Bewahren Sie es jetzt auf, und geben Sie es nur der Anwendung.',
    copy: 'Geheimnis kopieren',
    download: 'Als Datei herunterladen',
    lost: 'Ein Geheimnis wurde erzeugt, kam hier aber nie an, und wird nur einmal gezeigt. Erzeugen Sie ein neues.',
  },
};
