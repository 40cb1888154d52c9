import type { FunctionComponent } from 'react';
import { useEffect, useState } from 'react';
import { useSession } from '../api/session.hook.js';

type List = FunctionComponent<{ readonly onClose: () => void }>;

const loadList = () => import('./shortcut-list.part.js');
/** What takes letters, and what has the keyboard to itself. */
const OWN_KEYS = 'input, select, textarea, [contenteditable], [role=dialog], dialog';

/** `/` leads to the search of the screen, `?` lists the keys; neither where she has switched such keys off (WCAG 2.1.4). */
export function Shortcuts() {
  const { shortcuts } = useSession().settings;
  const [List, setList] = useState<List>();
  useEffect(() => {
    if (!shortcuts) return undefined;
    const press = (event: KeyboardEvent) => {
      if (!isForUs(event)) return;
      const search = event.key === '/' ? document.querySelector<HTMLElement>('#content input[type=search]') : null;
      if (event.key === '/' && !search) return;
      event.preventDefault();
      search?.focus();
      // Without the list the keys work as well; the next press tries again.
      if (event.key === '?')
        loadList().then(
          ({ ShortcutList }) => setList(() => ShortcutList),
          () => undefined,
        );
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [shortcuts]);
  return List ? <List onClose={() => setList(undefined)} /> : null;
}

function isForUs({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if ((key !== '/' && key !== '?') || ctrlKey || metaKey || altKey || defaultPrevented) return false;
  return !(target instanceof Element && target.closest(OWN_KEYS));
}
