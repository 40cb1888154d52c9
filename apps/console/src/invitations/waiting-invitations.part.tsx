import type { InvitationView } from '@valetkey/owner-contract';
import { deed, fillParts, past, place, until } from '@valetkey/wording';
import { Mail } from 'lucide-react';
import { useId } from 'react';
import { itemsOf, usePages } from '../api/pages.hook.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { Button } from '../parts/button.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Words } from '../parts/words.part.js';
import { ROW, ROW_HEADING, useRowFocus } from '../sharing/row-focus.hook.js';
import { SHARING } from '../sharing/sharing.messages.js';
import { INVITATIONS } from './invitations.messages.js';
import { isAnswered, useTakeBack } from './take-back.hook.js';
import styles from './waiting-invitations.module.css';

interface WaitingInvitationsProps {
  /** Of the resource that is shown; absent: all of hers. */
  readonly resourceId?: string;
}

/** Whom she invited and who has not answered; nothing where there is nobody. More than a page never wait. */
export function WaitingInvitations({ resourceId }: WaitingInvitationsProps) {
  const texts = useMessages(INVITATIONS);
  const id = useId();
  const list = usePages<InvitationView>('invitations', { state: 'waiting' });
  const isShown = ({ resources }: InvitationView) =>
    resourceId === undefined || resources.some((resource) => resource.id === resourceId);
  const waiting = (itemsOf(list) ?? []).filter(isShown);
  if (list.isError && !list.data)
    return <ErrorBox error={list.error} what={texts.failed} onRetry={() => void list.refetch()} />;
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{texts.title}</h2>
      <ul className={styles.rows}>
        {waiting.map((one) => (
          <Invitation key={one.id} invitation={one} />
        ))}
      </ul>
    </section>
  );
}

function Invitation({ invitation }: { readonly invitation: InvitationView }) {
  const [texts, sharing] = [useMessages(INVITATIONS), useMessages(SHARING)];
  const takeBack = useTakeBack();
  const item = useRowFocus<HTMLLIElement>();
  const { error } = takeBack;
  return (
    <li ref={item} {...ROW} className={styles.row}>
      <h3 {...ROW_HEADING} className={styles.address}>
        <Mail size={18} aria-hidden="true" />
        <bdi>{invitation.address}</bdi>
      </h3>
      <About invitation={invitation} />
      {error &&
        (isAnswered(error) ? (
          <p role="alert">{texts.answered}</p>
        ) : (
          <ErrorBox error={error} ofChange what={texts.notTakenBack} />
        ))}
      <div className={styles.actions}>
        <Button busy={takeBack.isPending} onClick={() => takeBack.press(invitation)}>
          {texts.takeBack}
          <span className="unseen">{sharing.about(invitation.address)}</span>
        </Button>
      </div>
    </li>
  );
}

function About({ invitation }: { readonly invitation: InvitationView }) {
  const texts = useMessages(INVITATIONS);
  const { note: noteWord } = useMessages(SHARING);
  const reader = useWording();
  const { scopes, resources, until: end, mailed_at: mailed, ends_at: linkEnd, note } = invitation;
  const what = deed(scopes, reader.language);
  const left = resources.filter(({ removed }) => removed !== true);
  const where = place(left, left.length, reader.language);
  return (
    <>
      <p className={styles.offer}>
        {left.length === 0 ? texts.nothingLeft : <Words of={fillParts(texts.offer, what, where, until(end, reader))} />}
      </p>
      <p className={styles.about}>
        {mailed === undefined ? texts.beingSent : <Words of={fillParts(texts.sent, past(mailed, reader))} />}{' '}
        <Words of={fillParts(texts.linkWorks, until(linkEnd, reader))} />
      </p>
      {note !== undefined && (
        <p className={styles.about}>
          {noteWord}: <bdi className={styles.note}>{note}</bdi>
        </p>
      )}
    </>
  );
}
