import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { AccessView } from '@valetkey/owner-contract';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { accessSentence, fillParts, nameText, until } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button, buttonClass } from '../../parts/button.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Words } from '../../parts/words.part.js';
import { AccessFacts } from '../../sharing/access-facts.part.js';
import { accessQuery } from '../../sharing/access-query.js';
import { Chains } from '../../sharing/chain.part.js';
import { ChangeAccess } from '../../sharing/change-access.part.js';
import { EndAccess } from '../../sharing/cut-off.part.js';
import { isGone, useRevoke } from '../../sharing/revoke.hook.js';
import { useChangeable } from '../../sharing/changeable.hook.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { Technical } from '../../sharing/technical.part.js';
import { Screen } from '../../shell/screen.part.js';
import { GiveBackEnded } from './give-back-ended.part.js';
import { GRANT } from './grant.messages.js';
import styles from './grant.module.css';
import { History } from './history.part.js';

/** O9: one access, what became of it, and its end. */
export function GrantScreen() {
  const texts = useMessages(GRANT);
  const { id } = useParams({ from: '/access/$id' });
  const view = useQuery(accessQuery(id));
  const title = view.data ? fillParts(texts.titleOf, nameText(view.data.holder.name)) : texts.title;
  const back = (
    <div>
      <Link to="/access" className={buttonClass('plain')}>
        <span aria-hidden="true">← </span>
        {texts.back}
      </Link>
    </div>
  );
  return (
    <Screen title={title}>
      {back}
      <Loaded query={view} what={texts.failed}>
        {(found) => <Grant view={found} />}
      </Loaded>
    </Screen>
  );
}

function Grant({ view }: { readonly view: AccessView }) {
  const texts = useMessages(GRANT);
  const reader = useWording();
  const { change } = useSearch({ from: '/access/$id' });
  const isEnded = view.state === 'ended';
  return (
    <>
      <div className={styles.card}>
        <p>
          <SubjectName subject={view.holder} />
        </p>
        <p className={styles.sentence}>
          <Words of={accessSentence(view, reader)} />
        </p>
        <AccessFacts row={view} />
        {/* A form that is open says that it ended. */}
        {isEnded && change !== true ? <GiveBackEnded view={view} /> : <Present view={view} />}
      </div>
      <Section title={texts.chains}>
        <Chains view={view} />
      </Section>
      {!isEnded && <Tokens tokens={view.tokens} />}
      <Section title={texts.history}>
        <History rows={view.history} />
      </Section>
      <Technical pairs={view.technical} />
    </>
  );
}

/** The buttons of an access that is not over. */
function Present({ view }: { readonly view: AccessView }) {
  const texts = useMessages(SHARING);
  const { change } = useSearch({ from: '/access/$id' });
  const navigate = useNavigate({ from: '/access/$id' });
  const isChangeable = useChangeable(view);
  const setChange = (isOpen: boolean) =>
    void navigate({ to: '.', search: isOpen ? { change: true } : {}, replace: true, resetScroll: false });
  const revoke = useRevoke({ onRemoved: () => document.querySelector('h1')?.focus() });
  if (change === true) return <ChangeAccess row={view} onClose={() => setChange(false)} />;
  return (
    <>
      {revoke.error && !isGone(revoke.error) && <ErrorBox error={revoke.error} ofChange what={texts.failed.revoke} />}
      {isGone(revoke.error) && <p role="alert">{texts.goneAlready}</p>}
      <div className={styles.buttons}>
        {isChangeable && <Button onClick={() => setChange(true)}>{texts.change}</Button>}
        <EndAccess row={view} busy={revoke.isPending} onEnd={() => revoke.press(view)} />
      </div>
    </>
  );
}

function Tokens({ tokens: { alive, self_contained_until: end } }: Pick<AccessView, 'tokens'>) {
  const texts = useMessages(GRANT);
  const reader = useWording();
  return (
    <Section title={texts.tokens}>
      <p>{texts.alive(alive)}</p>
      {end !== undefined && (
        <p>
          <Words of={fillParts(texts.selfContained, until(end, reader))} />
        </p>
      )}
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
