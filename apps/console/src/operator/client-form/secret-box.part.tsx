import { useState } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { Button } from '../../parts/button.part.js';
import { Notice, Row } from '../../parts/card.part.js';
import { PARTS } from '../../parts/parts.messages.js';
import { announce } from '../../shell/live-region.part.js';
import { LeaveQuestion } from '../parts/leave-question.part.js';
import styles from './client-fields.module.css';
import { SECRET } from './secret.messages.js';

interface SecretBoxProps {
  readonly clientId: string;
  readonly secret: string;
}

/** A secret, the one time that it is shown: to be copied or kept as a file. It is in no address, and nowhere once this is gone: until it is kept, leaving is asked about. */
export function SecretBox({ clientId, secret }: SecretBoxProps) {
  const texts = useMessages(SECRET);
  const { copied } = useMessages(PARTS);
  const [isKept, setKept] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setKept(true);
    announce(copied);
  };
  return (
    <Notice tone="warn" role="status">
      <p>
        <strong>{texts.once}</strong> {texts.help}
      </p>
      <code className={styles.secret} data-secret>
        {secret}
      </code>
      <Row>
        <Button onClick={() => void copy()}>{texts.copy}</Button>
        <Button
          onClick={() => {
            download(`${clientId}.txt`, `client_id: ${clientId}\nclient_secret: ${secret}\n`);
            setKept(true);
          }}
        >
          {texts.download}
        </Button>
      </Row>
      <LeaveQuestion of="secret" when={!isKept} />
    </Notice>
  );
}

/** The request was answered before, and its answer got lost: nobody can read the secret any more. */
export function LostSecret() {
  const texts = useMessages(SECRET);
  return (
    <Notice tone="warn">
      <p>{texts.lost}</p>
    </Notice>
  );
}

/** As a file, by a name of this page that is gone at once; the text is not part of the name. */
function download(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
