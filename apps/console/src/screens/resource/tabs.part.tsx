import { Link, useLocation } from '@tanstack/react-router';
import type { ResourceView } from '@valetkey/owner-contract';
import type { KeyboardEvent } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { classNames } from '../../parts/class-names.js';
import { AccessTab } from './access-tab.part.js';
import { ActivityTab } from './activity-tab.part.js';
import { LinkTab } from './link-tab.part.js';
import { RESOURCE } from './resource.messages.js';
import styles from './resource.module.css';

const TABS = [
  { name: 'access', to: '/resources/$id' },
  { name: 'activity', to: '/resources/$id/activity' },
  { name: 'link', to: '/resources/$id/link' },
] as const;

type TabName = (typeof TABS)[number]['name'];

const PANELS = { access: AccessTab, activity: ActivityTab, link: LinkTab };
const PANEL_ID = 'resource-panel';
const idOf = (name: TabName) => `resource-tab-${name}`;

/** Tabs with an address each; arrow keys go from one to the next. */
export function ResourceTabs({ resource }: { readonly resource: ResourceView }) {
  const texts = useMessages(RESOURCE);
  const present = usePresent();
  const Panel = PANELS[present];
  return (
    <div className={styles.tabbed}>
      <div role="tablist" aria-label={texts.tabs} className={styles.tabs} onKeyDown={walk}>
        {TABS.map(({ name, to }) => (
          <Link
            key={name}
            id={idOf(name)}
            role="tab"
            aria-selected={name === present}
            aria-controls={PANEL_ID}
            tabIndex={name === present ? 0 : -1}
            to={to}
            params={{ id: resource.id }}
            resetScroll={false}
            className={classNames(styles.tab, name === present && styles.present)}
          >
            {texts[name]}
          </Link>
        ))}
      </div>
      <div role="tabpanel" id={PANEL_ID} aria-labelledby={idOf(present)} className={styles.panel}>
        <Panel resource={resource} />
      </div>
    </div>
  );
}

function usePresent(): TabName {
  return useLocation({
    select: ({ pathname }) => {
      const last = pathname.replace(/\/$/, '').split('/').at(-1);
      return last === 'activity' || last === 'link' ? last : 'access';
    },
  });
}

/** To the next tab or the one before, round and round; the one that is reached opens. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const target = targetOf(event, at, tabs.length);
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  const tab = tabs[(target + tabs.length) % tabs.length];
  tab?.focus();
  tab?.click();
}

function targetOf(
  { key, currentTarget }: KeyboardEvent<HTMLDivElement>,
  at: number,
  count: number,
): number | undefined {
  const isRightToLeft = getComputedStyle(currentTarget).direction === 'rtl';
  const steps: Partial<Record<string, number>> = {
    ArrowRight: at + (isRightToLeft ? -1 : 1),
    ArrowLeft: at + (isRightToLeft ? 1 : -1),
    Home: 0,
    End: count - 1,
  };
  return steps[key];
}
