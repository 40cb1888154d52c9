import type { ClientView } from '@valetkey/operator-contract';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Card } from '../../../parts/card.part.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { Confirm } from '../../parts/confirm.part.js';
import styles from './client.module.css';

interface ConfirmedStepProps {
  readonly client: ClientView;
  readonly texts: {
    readonly title: string;
    readonly help: string;
    readonly action: (name: string) => string;
    readonly ask: (name: string) => string;
    readonly keep: string;
    readonly affected: (people: string) => string;
    readonly means: string;
  };
  readonly step: { readonly isPending: boolean; readonly error: Error | null; readonly press: () => void };
  readonly isAsked: boolean;
  readonly onAsk: (isAsked: boolean) => void;
}

/** A step that hits people: what it does, and once more with how many before it is taken. */
export function ConfirmedStep({ client: { name, people }, texts, step, isAsked, onAsk }: ConfirmedStepProps) {
  const words = useMessages(CLIENT_WORDS);
  return (
    <Card as="section">
      <h2 className={styles.heading}>{texts.title}</h2>
      <p>{texts.help}</p>
      <div>
        <Button look="danger" onClick={() => onAsk(true)}>
          {texts.action(name)}
        </Button>
      </div>
      {isAsked && (
        <Confirm
          title={texts.ask(name)}
          action={texts.action(name)}
          keep={texts.keep}
          busy={step.isPending}
          error={step.error}
          onConfirm={step.press}
          onClose={() => onAsk(false)}
        >
          <p>{texts.affected(words.people(people.count, people.more === true))}</p>
          <p>{texts.means}</p>
        </Confirm>
      )}
    </Card>
  );
}
