import type { AccessRow, ShareChange } from '@valetkey/owner-contract';
import { accessSentence, durationText, endOfDay, lastDayOf, plainName } from '@valetkey/wording';
import { useState } from 'react';
import { useChange } from '../api/change.hook.js';
import { Refusal } from '../api/errors.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { Button } from '../parts/button.part.js';
import { Notice, Row } from '../parts/card.part.js';
import { Chips } from '../parts/chips.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Words } from '../parts/words.part.js';
import { isGrant } from './changeable.hook.js';
import { SHORTEN } from './shorten.messages.js';
import styles from './shorten.module.css';

interface ShortenProps {
  readonly item: AccessRow;
  /** Each ends earlier than it does now. */
  readonly days: readonly number[];
  readonly onDone: (row: AccessRow) => Promise<void>;
  readonly onCancel: () => void;
}

/** A nearer end, said in words before it is set. */
export function Shorten({ item, days, onDone, onCancel }: ShortenProps) {
  const texts = useMessages(SHORTEN);
  const reader = useWording();
  const { zone = 'UTC', now } = reader;
  const usual = days.includes(7) ? 7 : Math.max(...days);
  const [chosen, setChosen] = useState(String(usual));
  const until = new Date(endOfDay(lastDayOf(Number(chosen), now, zone), zone)).toISOString();
  const path = `${isGrant(item) ? 'access' : 'shares'}/${encodeURIComponent(item.id)}`;
  const shorten = useChange<(Pick<ShareChange, 'until'> | ShareChange) & { version: string }, AccessRow>(
    ({ version, ...body }) => ({ method: 'PUT', path, body, version }),
    { onDone },
  );
  // Changed meanwhile: what is told, and shortened, is how it is now.
  const theirs = currentOf(shorten.error);
  const current = theirs ?? item;
  const send = () => {
    const { from, version, scopes } = current;
    if (isGrant(item)) return shorten.press({ until, version });
    shorten.press({ scopes: scopes.map(({ scope }) => scope), ...(from !== undefined && { from }), until, version });
  };
  return (
    <div className={styles.shorten} role="group" aria-label={texts.title(plainName(item.holder.short_name))}>
      {theirs ? (
        <Notice tone="warn" role="alert">
          <p>{texts.changed}</p>
          <p>
            <Words of={accessSentence(theirs, reader)} />
          </p>
        </Notice>
      ) : (
        shorten.error && <ErrorBox error={shorten.error} what={texts.failed} ofChange />
      )}
      <Chips
        legend={texts.shortenTo}
        chips={days.map((one) => ({ value: String(one), label: durationText(one, reader.language) }))}
        value={chosen}
        onChoose={setChosen}
      />
      <p role="status" className={styles.sentence}>
        <Words of={accessSentence({ ...current, until }, reader)} />
      </p>
      <Row>
        <Button onClick={onCancel}>{texts.cancel}</Button>
        <Button look="primary" busy={shorten.isPending} onClick={send}>
          {texts.shortenBy(durationText(Number(chosen), reader.language))}
        </Button>
      </Row>
    </div>
  );
}

function currentOf(error: Error | null): AccessRow | undefined {
  return error instanceof Refusal && error.isLostRace ? (error.answer.current as AccessRow | undefined) : undefined;
}
