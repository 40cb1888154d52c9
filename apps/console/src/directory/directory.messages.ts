import type { SharingRules } from '@valetkey/owner-contract';
import type { Catalogue } from '../language/language.js';

interface DirectoryMessages {
  readonly how: Readonly<Record<SharingRules['directory'], string>>;
  readonly matches: (count: number) => string;
  readonly more: string;
  readonly found: string;
  readonly known: string;
  readonly failed: string;
  readonly change: string;
  readonly changeNamed: (name: string) => string;
}

export const DIRECTORY: Catalogue<DirectoryMessages> = {
  en: {
    how: {
      names: 'Type at least two letters of the name.',
      exact: 'Type the whole e-mail address or user name.',
      none: 'The operator does not let people be searched. Those whom you have shared with are found.',
    },
    matches: (count) => {
      if (count === 0) return 'Nobody matches. Whoever has no account here cannot be chosen.';
      return count === 1 ? '1 match' : `${count} matches`;
    },
    more: 'There are more. Type more letters.',
    found: 'Who matches',
    known: 'People you know',
    failed: 'The search did not work.',
    change: 'Choose somebody else',
    changeNamed: (name) => `Choose somebody else instead of ${name}`,
  },
  de: {
    how: {
      names: 'Geben Sie mindestens zwei Buchstaben des Namens ein.',
      exact: 'Geben Sie die ganze E-Mail-Adresse oder den Benutzernamen ein.',
      none: 'Der Betreiber lässt nicht nach Personen suchen. Gefunden wird, mit wem Sie schon geteilt haben.',
    },
    matches: (count) => {
      if (count === 0) return 'Niemand passt dazu. Wer hier kein Konto hat, kann nicht gewählt werden.';
      return `${count} Treffer`;
    },
    more: 'Es gibt mehr. Geben Sie weitere Buchstaben ein.',
    found: 'Wer passt',
    known: 'Personen, die Sie kennen',
    failed: 'Die Suche ging nicht.',
    change: 'Jemand anderen wählen',
    changeNamed: (name) => `Jemand anderen statt ${name} wählen`,
  },
};
