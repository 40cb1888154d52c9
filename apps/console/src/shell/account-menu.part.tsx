import type { FocusEvent, KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { serverAddress } from '../api/address.js';
import { useChange } from '../api/change.hook.js';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import { Chips } from '../parts/chips.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import styles from './account-menu.module.css';
import { SHELL } from './shell.messages.js';
import type { Theme } from './theme.js';
import { chooseTheme, presentTheme } from './theme.js';

interface AccountMenuProps {
  /** What this console has for the person besides: list items. `onChosen` closes the menu. */
  readonly items: (styles: { readonly item: string }, onChosen: () => void) => ReactNode;
}

/** What is about the person rather than about her things: a button that opens a list. */
export function AccountMenu({ items }: AccountMenuProps) {
  const { person } = useSession();
  const texts = useMessages(SHELL);
  const [isOpen, setIsOpen] = useState(false);
  const close = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Escape' || !isOpen) return;
    setIsOpen(false);
    event.currentTarget.querySelector('button')?.focus();
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLDivElement>) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setIsOpen(false);
  };
  return (
    <div className={styles.menu} onKeyDown={close} onBlur={leave}>
      <Button aria-expanded={isOpen} aria-label={texts.menuOf(person.name)} onClick={() => setIsOpen(!isOpen)}>
        <bdi className={styles.name}>{person.short_name}</bdi>
        <span aria-hidden="true">▾</span>
      </Button>
      {isOpen && <Items>{items({ item: styles.item ?? '' }, () => setIsOpen(false))}</Items>}
    </div>
  );
}

function Items({ children }: { readonly children: ReactNode }) {
  const texts = useMessages(SHELL);
  const { person } = useSession();
  return (
    <div className={styles.items}>
      <p className={styles.who}>
        <bdi>{person.name}</bdi>
      </p>
      <ul className={styles.list}>
        {children}
        <li>
          <a className={styles.item} href={serverAddress('/account')}>
            {texts.account}
          </a>
        </li>
      </ul>
      <ThemeChoice />
      <SignOut />
    </div>
  );
}

function ThemeChoice() {
  const texts = useMessages(SHELL);
  const [theme, setTheme] = useState(presentTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  const chips = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: texts.themes[value] }));
  return <Chips legend={texts.theme} chips={chips} value={theme} onChoose={choose} />;
}

function SignOut() {
  const texts = useMessages(SHELL);
  // The front page says nothing about anybody; going back asks for a sign-in.
  const end = useChange<void, void>(() => ({ method: 'DELETE', path: 'session' }), {
    onDone: () => window.location.replace(serverAddress('/')),
  });
  return (
    <>
      {end.error && <ErrorBox error={end.error} ofChange />}
      <Button wide busy={end.isPending} onClick={() => end.press()}>
        {texts.signOut}
      </Button>
    </>
  );
}
