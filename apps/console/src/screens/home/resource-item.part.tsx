import { Link } from '@tanstack/react-router';
import type { ResourceRow } from '@valetkey/owner-contract';
import { holdersText, nextEnds } from '@valetkey/wording';
import { useId } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Labels } from '../../parts/labels.part.js';
import { Words } from '../../parts/words.part.js';
import { useShareAddress } from '../../share/share-address.hook.js';
import { ShareButton } from '../../share/share-button.part.js';
import { useChooser } from './choosing.hook.js';
import { HOME } from './home.messages.js';
import styles from './home.module.css';
import { kindText } from './kind-text.js';
import { Star } from './star.part.js';

/** Id of the link in a row: the focus is led to it. */
export function rowLinkId(id: string): string {
  return `row-${id}`;
}

interface ResourceItemProps {
  readonly row: ResourceRow;
  /** No heading above it says which service keeps it. */
  readonly withService?: boolean;
  /** It stands in the list before. */
  readonly isAgain?: boolean;
}

/** One resource: what it is, who has it, and when the next access ends. */
export function ResourceItem({ row, withService = false, isAgain = false }: ResourceItemProps) {
  const texts = useMessages(HOME);
  const { open } = useShareAddress();
  const { isChoosing } = useChooser();
  return (
    <li className={styles.row}>
      {isChoosing ? <ChooseTick row={row} /> : <Star row={row} />}
      <div className={styles.about}>
        <h3 className={styles.name}>
          <Link
            id={isAgain ? undefined : rowLinkId(row.id)}
            to="/resources/$id"
            params={{ id: row.id }}
            className={styles.link}
          >
            <bdi>{row.name}</bdi>
          </Link>
        </h3>
        {row.description !== undefined && (
          <p className={styles.description} dir="auto">
            {row.description}
          </p>
        )}
        <p className={styles.facts}>
          <Facts row={row} withService={withService} />
        </p>
        {row.labels.length > 0 && <Labels legend={texts.labels} labels={row.labels} />}
      </div>
      {!isChoosing && <ShareButton of={row.id} name={row.name} onOpen={open} />}
    </li>
  );
}

function Facts({ row, withService }: Required<Pick<ResourceItemProps, 'row' | 'withService'>>) {
  const reader = useWording();
  const { holders, next_end: end, service } = row;
  const kind = kindText(row.type);
  return (
    <>
      {kind !== undefined && (
        <>
          <bdi>{kind}</bdi> ·{' '}
        </>
      )}
      {withService && (
        <>
          <bdi>{service.name}</bdi> ·{' '}
        </>
      )}
      {holdersText(holders, reader)}
      {end !== undefined && (
        <>
          {' · '}
          <Words of={nextEnds(end, reader)} />
        </>
      )}
    </>
  );
}

function ChooseTick({ row }: { readonly row: ResourceRow }) {
  const { several } = useMessages(HOME);
  const { chosen, toggle } = useChooser();
  const id = useId();
  return (
    <label htmlFor={id} className={styles.tickPlace}>
      <span className="unseen">{several.choose(row.name)}</span>
      <input
        id={id}
        type="checkbox"
        className={styles.tick}
        checked={chosen.some((one) => one.id === row.id)}
        onChange={({ target }) => toggle(row, target.checked)}
      />
    </label>
  );
}
