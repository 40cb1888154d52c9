import type { ClientSettings } from '@valetkey/operator-contract';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Notice, Row } from '../../../parts/card.part.js';
import type { PartName } from '../../client-form/client-draft.js';
import { differences } from '../../client-form/client-draft.js';
import { CLIENT_FORM } from '../../client-form/client-form.messages.js';
import { CLIENT } from './client.messages.js';
import styles from './client.module.css';
import { useShownSetting } from './shown-setting.hook.js';

interface LostRaceProps {
  readonly mine: ClientSettings;
  readonly theirs: ClientSettings;
  readonly part: PartName;
  readonly onKeep: () => void;
  readonly onTake: () => void;
}

/** Both versions, where they differ, and whose is to stay. Takes the focus. */
export function LostRace({ mine, theirs, part, onKeep, onTake }: LostRaceProps) {
  const { race } = useMessages(CLIENT);
  const { fields } = useMessages(CLIENT_FORM);
  const shown = useShownSetting();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Notice tone="warn">
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {race.title}
      </h2>
      <p>{race.lead}</p>
      {differences(mine, theirs, part).map((member) => (
        <dl key={member} className={styles.facts}>
          {[
            [race.mine, mine],
            [race.theirs, theirs],
          ].map(([whose, settings]) => (
            <div key={String(whose)}>
              <dt>
                {fields[member].label}: {String(whose)}
              </dt>
              <dd>
                <bdi>{shown(settings as ClientSettings, member)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      ))}
      <Row>
        <Button onClick={onTake}>{race.take}</Button>
        <Button onClick={onKeep}>{race.keep}</Button>
      </Row>
    </Notice>
  );
}
