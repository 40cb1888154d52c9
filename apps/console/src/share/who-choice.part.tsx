import { Combobox } from '@base-ui/react/combobox';
import type { DirectoryAnswer, DirectoryEntry } from '@valetkey/owner-contract';
import { Mail } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useState } from 'react';
import { fillParts, nameText } from '@valetkey/wording';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import fields from '../parts/field.module.css';
import { SubjectName } from '../parts/subject-name.part.js';
import { Words } from '../parts/words.part.js';
import { useDirectory } from './directory.hook.js';
import { INVITE } from './invite.messages.js';
import { invitable, invitedAddress } from './invited.js';
import { SHARE } from './share.messages.js';
import styles from './who-choice.module.css';

interface WhoChoiceProps {
  readonly id: string;
  readonly value: DirectoryEntry | null;
  readonly onChoose: (who: DirectoryEntry | null) => void;
  /** Found ones tell what they hold of it. */
  readonly resourceId: string | undefined;
  readonly problem: string | undefined;
  /** The dialog: the list stays within what it traps. */
  readonly container: RefObject<HTMLElement | null>;
}

interface Group {
  readonly value: 'people' | 'applications' | 'invite';
  readonly items: readonly DirectoryEntry[];
}

/** People and applications in one search. */
export function WhoChoice({ id, value, onChoose, resourceId, problem, container }: WhoChoiceProps) {
  const texts = useMessages(SHARE);
  const session = useSession();
  const { sharing } = session;
  const [typed, setTyped] = useState(value?.name ?? '');
  // What stands there once somebody is chosen is her name, not a search.
  const found = useDirectory(typed === value?.name ? '' : typed, resourceId);
  const invited = isNobody(found) ? invitable(found.words, session) : undefined;
  const groups = groupsOf(found.found, invited);
  return (
    <div className={fields.field}>
      <label className={fields.label} htmlFor={id}>
        {texts.who}
      </label>
      <p className={fields.help} id={`${id}-help`}>
        {texts.whoHelp[sharing.directory]}
      </p>
      <Combobox.Root<DirectoryEntry>
        items={groups}
        filter={null}
        autoHighlight
        value={value}
        onValueChange={onChoose}
        inputValue={typed}
        // Leaving the field empties it; what found nobody stays, and with it the way to help.
        onInputValueChange={(next, { reason }) =>
          reason === 'input-clear' && isNobody(found) ? undefined : setTyped(next)
        }
        itemToStringLabel={({ name }) => name}
        isItemEqualToValue={(one, other) => one.id === other.id}
      >
        <SearchField id={id} isWrong={problem !== undefined} hasFound={groups.length > 0} />
        <FoundPopup found={found} invited={invited} container={container} />
      </Combobox.Root>
      {isNobody(found) && !invited && <WhomToAsk />}
      {problem !== undefined && (
        <p className={fields.wrong} id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {value && (
        <p className={styles.chosen}>
          <Chosen who={value} />
        </p>
      )}
    </div>
  );
}

/** Who it is; of an address what is going to happen. */
function Chosen({ who }: { readonly who: DirectoryEntry }) {
  const texts = useMessages(INVITE);
  return invitedAddress(who) === undefined ? <SubjectName subject={who} /> : texts.chosen;
}

/** The search is over, and found nobody and nothing. */
function isNobody({ data, words, isBehind, isError }: ReturnType<typeof useDirectory>): boolean {
  return !isError && !isBehind && words !== '' && data?.people.length === 0 && data.applications.length === 0;
}

/** Where help is. A window of its own: what is filled in stays. */
function WhomToAsk() {
  const texts = useMessages(SHARE);
  const { help_url: help } = useSession();
  if (help === undefined) return null;
  return (
    <p className={styles.ask}>
      <a href={help} target="_blank" rel="noreferrer">
        {texts.help} <span className="unseen">{texts.newWindow}</span>
      </a>
    </p>
  );
}

interface SearchFieldProps {
  readonly id: string;
  readonly isWrong: boolean;
  /** There is somebody to choose. */
  readonly hasFound: boolean;
}

/** The list that opens hides everything else from assistive technology, the label too: the name is its own. */
function SearchField({ id, isWrong, hasFound }: SearchFieldProps) {
  const texts = useMessages(SHARE);
  return (
    <Combobox.Input
      id={id}
      className={fields.input}
      aria-label={texts.who}
      dir="auto"
      maxLength={100}
      spellCheck={false}
      onKeyDown={hasFound ? undefined : stay}
      aria-describedby={isWrong ? `${id}-help ${id}-problem` : `${id}-help`}
      aria-invalid={isWrong || undefined}
    />
  );
}

type KeyInList = KeyboardEvent & { readonly preventBaseUIHandler: () => void };

/** Enter chooses what is marked. While there is nothing to choose it does nothing: what is typed stays, and nothing is sent. */
function stay(event: KeyInList): void {
  if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-expanded') !== 'true') return;
  event.preventDefault();
  event.preventBaseUIHandler();
}

function groupsOf(answer: DirectoryAnswer | undefined, invited: DirectoryEntry | undefined): Group[] {
  const { people = [], applications = [] } = answer ?? {};
  const groups: Group[] = [
    { value: 'people', items: people },
    { value: 'applications', items: applications },
    { value: 'invite', items: invited ? [invited] : [] },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

interface FoundPopupProps extends Pick<WhoChoiceProps, 'container'> {
  readonly found: ReturnType<typeof useDirectory>;
  /** Who may be invited instead. */
  readonly invited: DirectoryEntry | undefined;
}

function FoundPopup({ found, invited, container }: FoundPopupProps) {
  return (
    <Combobox.Portal container={container}>
      <Combobox.Positioner className={styles.place} sideOffset={4}>
        <Combobox.Popup className={styles.popup}>
          <FoundList found={found} invited={invited} />
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}

function FoundList({ found, invited }: Pick<FoundPopupProps, 'found' | 'invited'>) {
  const [texts, invite] = [useMessages(SHARE), useMessages(INVITE)];
  return (
    <>
      <Combobox.Status className={styles.status}>
        <Told found={found} isInvitable={invited !== undefined} />
      </Combobox.Status>
      {isNobody(found) && !invited && <WhomToAsk />}
      {found.isError && (
        <div className={styles.again}>
          <Button onClick={() => void found.refetch()}>{texts.searchAgain}</Button>
        </div>
      )}
      <Combobox.List className={styles.list} aria-label={texts.who}>
        {(group: Group) => (
          <Combobox.Group key={group.value} items={group.items}>
            <Combobox.GroupLabel className={styles.group}>
              {group.value === 'invite' ? invite.group : texts[group.value]}
            </Combobox.GroupLabel>
            <Combobox.Collection>
              {(one: DirectoryEntry) => (
                <Combobox.Item key={one.id} value={one} className={styles.item}>
                  <Option who={one} />
                </Combobox.Item>
              )}
            </Combobox.Collection>
          </Combobox.Group>
        )}
      </Combobox.List>
      {found.found?.more === true && <p className={styles.more}>{texts.moreLetters}</p>}
    </>
  );
}

function Option({ who }: { readonly who: DirectoryEntry }) {
  const texts = useMessages(INVITE);
  const address = invitedAddress(who);
  if (address === undefined) return <SubjectName subject={who} />;
  return (
    <span className={styles.invite}>
      <Mail size={18} aria-hidden="true" />
      <span>
        <Words of={fillParts(texts.option, nameText(address))} />
      </span>
    </span>
  );
}

interface ToldProps extends Pick<FoundPopupProps, 'found'> {
  readonly isInvitable: boolean;
}

/** How many there are, or why there is nobody and what to do: said, too. */
function Told({ found: { data, words, isBehind, isError }, isInvitable }: ToldProps) {
  const [texts, invite] = [useMessages(SHARE), useMessages(INVITE)];
  const { sharing } = useSession();
  if (isError) return texts.searchFailed;
  if (!data || isBehind) return texts.searching;
  const [people, applications] = [data.people.length, data.applications.length];
  if (people + applications > 0) return words === '' ? texts.known : texts.matches(people, applications);
  if (words === '') return texts.whoHelp[sharing.directory];
  return (
    <>
      <strong>{texts.nobody(words)}</strong> {isInvitable ? invite.how : texts.nobodyHow[sharing.directory]}
      {sharing.invitations && !isInvitable && ` ${invite.orInvite}`}
    </>
  );
}
