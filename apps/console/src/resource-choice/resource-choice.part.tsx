import type { ScopeView } from '@valetkey/owner-contract';
import { localeOf } from '@valetkey/wording';
import type { ReactNode } from 'react';
import { useMessages, useReader } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import { Empty } from '../parts/empty.part.js';
import { Field, Tick } from '../parts/field.part.js';
import { Loaded } from '../parts/loaded.part.js';
import { Loading } from '../parts/loading.part.js';
import type { Kind, OwnedResource } from './kinds.js';
import { objectsOf } from './kinds.js';
import type { OwnedResources } from './owned-resources.hook.js';
import { RESOURCE_CHOICE } from './resource-choice.messages.js';
import styles from './resource-choice.module.css';

/** What is chosen, by id. It stays chosen when a search does not show it. */
export type Chosen = Readonly<Record<string, { readonly name: string; readonly kind: string }>>;

interface ResourceChoiceProps {
  readonly owned: OwnedResources;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly chosen: Chosen;
  readonly onChoose: (rows: readonly OwnedResource[], isChosen: boolean) => void;
  /** Of the search field, for a summary of problems. */
  readonly id?: string;
  /** What stands under a kind. */
  readonly below?: (kind: Kind, scopes: readonly ScopeView[]) => ReactNode;
}

/** Which of her resources: by kinds, each with all at once, one by one, and found by a search. */
export function ResourceChoice({ id, words, onWords, ...rest }: ResourceChoiceProps) {
  const texts = useMessages(RESOURCE_CHOICE);
  const { owned, chosen } = rest;
  const count = Object.keys(chosen).length;
  return (
    <div className={styles.choice}>
      <Field
        id={id}
        label={texts.search}
        type="search"
        value={words}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => onWords(value)}
      />
      <Loaded query={owned.pages} what={texts.failed} size="row">
        {() => <Rows words={words} {...rest} />}
      </Loaded>
      {owned.pages.hasNextPage && (
        <Button busy={owned.pages.isFetchingNextPage} onClick={() => void owned.pages.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
      <p role="status" className={styles.count}>
        {texts.chosen(count)}
      </p>
    </div>
  );
}

/** Shown at once, when what is chosen beforehand is known: a tick would change under the pointer otherwise. */
function Rows({ words, ...rest }: KindsProps & { readonly words: string }) {
  const { owned } = rest;
  if (owned.rows.length === 0) return <Nothing isSearch={words !== ''} />;
  return owned.isDescribed || Object.keys(rest.chosen).length > 0 ? <Kinds {...rest} /> : <Loading size="row" />;
}

function Nothing({ isSearch }: { readonly isSearch: boolean }) {
  const texts = useMessages(RESOURCE_CHOICE);
  return isSearch ? <p>{texts.noMatch}</p> : <Empty {...texts.none} />;
}

type KindsProps = Omit<ResourceChoiceProps, 'id' | 'words' | 'onWords'>;

function Kinds({ owned, ...rest }: KindsProps) {
  return owned.kinds.map((kind) => <KindChoice key={kind.key} kind={kind} scopes={owned.scopesOf(kind)} {...rest} />);
}

interface KindChoiceProps extends Omit<KindsProps, 'owned'> {
  readonly kind: Kind;
  readonly scopes: readonly ScopeView[] | undefined;
}

function KindChoice({ kind, scopes, chosen, onChoose, below }: KindChoiceProps) {
  const texts = useMessages(RESOURCE_CHOICE);
  const name = useKindName(kind, scopes);
  const { rows, service } = kind;
  const isAll = rows.every(({ id }) => id in chosen);
  return (
    <fieldset className={styles.kind}>
      <legend className={styles.legend}>{name}</legend>
      {service.state === 'silent' && <p className={styles.silent}>{texts.silent(service.name)}</p>}
      {rows.length > 1 && (
        <Tick
          label={texts.allShort(rows.length)}
          aria-label={texts.all(rows.length, name)}
          checked={isAll}
          onChange={() => onChoose(rows, !isAll)}
        />
      )}
      <ul className={rows.length > 1 ? styles.rows : undefined}>
        {rows.map((row) => (
          <li key={row.id}>
            <Tick
              label={<bdi>{row.name}</bdi>}
              checked={row.id in chosen}
              onChange={() => onChoose([row], !(row.id in chosen))}
            />
          </li>
        ))}
      </ul>
      {scopes !== undefined && below?.(kind, scopes)}
    </fieldset>
  );
}

/** "Purchase requests and limits · Concur" */
function useKindName({ service }: Kind, scopes: readonly ScopeView[] | undefined): string {
  const texts = useMessages(RESOURCE_CHOICE);
  const locale = localeOf(useReader().language);
  const objects = objectsOf(scopes ?? []).map(({ text }) => text);
  const list = objects.length === 0 ? texts.things : new Intl.ListFormat(locale).format(objects);
  return texts.kindAt(list.charAt(0).toLocaleUpperCase(locale) + list.slice(1), service.name);
}
