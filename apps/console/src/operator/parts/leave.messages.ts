import type { Catalogue } from '../../language/language.js';

interface Loss {
  readonly title: string;
  readonly means: string;
  readonly leave: string;
}

interface LeaveMessages {
  readonly secret: Loss;
  readonly words: Loss;
  readonly stay: string;
}

export const LEAVE: Catalogue<LeaveMessages> = {
  en: {
    secret: {
      title: 'Leave without the secret?',
      means: 'It was neither copied nor downloaded, and is never shown again. Another one can be made.',
      leave: 'Leave without it',
    },
    words: {
      title: 'Leave without saving?',
      means: 'What you wrote here is saved nowhere, and is gone then.',
      leave: 'Leave without saving',
    },
    stay: 'Stay here',
  },
  de: {
    secret: {
      title: 'Ohne das Geheimnis weggehen?',
      means: 'Es wurde weder kopiert noch heruntergeladen und wird nie wieder gezeigt. Ein neues lässt sich erzeugen.',
      leave: 'Ohne es weggehen',
    },
    words: {
      title: 'Weggehen, ohne zu speichern?',
      means: 'Was Sie hier geschrieben haben, ist nirgends gespeichert und dann weg.',
      leave: 'Ohne Speichern weggehen',
    },
    stay: 'Hier bleiben',
  },
};
