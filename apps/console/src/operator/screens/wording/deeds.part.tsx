import { useQuery } from '@tanstack/react-query';
import type { WordingDetail } from '@valetkey/operator-contract';
import { useState } from 'react';
import { useMessages } from '../../../language/language.hook.js';
import { Button } from '../../../parts/button.part.js';
import { Row } from '../../../parts/card.part.js';
import { Confirm } from '../../parts/confirm.part.js';
import type { WordingEdit } from './edit.hook.js';
import { serversQuery } from './servers.query.js';
import styles from './wording.module.css';
import { WORDING_EDIT } from './edit.messages.js';

/** What concerns all owners of a scope at once, and is asked before. */
type Asked = 'withdraw' | 'reset';

/** What can be done: publishing first; withdrawing and giving up only where there is something. */
export function Deeds({ row, edit }: { readonly row: WordingDetail; readonly edit: WordingEdit }) {
  const texts = useMessages(WORDING_EDIT);
  const [asked, setAsked] = useState<Asked>();
  const isOurs = row.source === 'published' || row.source === 'withdrawn';
  const button = (deed: Asked, look?: 'danger') => (
    <Button busy={edit.pending === deed} onClick={() => setAsked(deed)} {...(look && { look })}>
      {texts[deed]}
    </Button>
  );
  return (
    <>
      <Row>
        <Button type="submit" look="primary" busy={edit.pending === 'publish'}>
          {texts.publish}
        </Button>
        <Button busy={edit.pending === 'save'} onClick={() => edit.press('save')}>
          {texts.save}
        </Button>
        {isOurs && button('reset')}
        {row.published && button('withdraw', 'danger')}
      </Row>
      {asked && (
        <Confirm
          title={texts.ask[asked].title(row.scope)}
          action={texts.ask[asked].action}
          keep={texts.ask.keep}
          busy={false}
          error={null}
          onConfirm={() => {
            setAsked(undefined);
            edit.press(asked);
          }}
          onClose={() => setAsked(undefined)}
        >
          <Concerned names={row.servers} />
          <p>{texts.ask[asked].means}</p>
          <p>{texts.ask.stays}</p>
        </Confirm>
      )}
    </>
  );
}

/** Whose owners are concerned, and how many they are. */
function Concerned({ names }: { readonly names: readonly string[] }) {
  const { ask } = useMessages(WORDING_EDIT);
  const { data } = useQuery(serversQuery());
  if (names.length === 0) return <p>{ask.noServer}</p>;
  const owners = new Map(data?.items.map(({ name, protection }) => [name, protection.owners]));
  return (
    <>
      <p>{ask.servers(names.length)}</p>
      <ul className={styles.concerned}>
        {names.map((name) => (
          <li key={name}>
            <bdi>{name}</bdi>
            {owners.has(name) && `: ${ask.owners(owners.get(name) ?? 0)}`}
          </li>
        ))}
      </ul>
    </>
  );
}
