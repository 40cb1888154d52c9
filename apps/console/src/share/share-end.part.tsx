import type { AccessRow, ResourceView } from '@valetkey/owner-contract';
import { useQueryClient } from '@tanstack/react-query';
import { accessSentence, draftSentence, plainName } from '@valetkey/wording';
import { useEffect, useEffectEvent } from 'react';
import { Refusal, Unreachable } from '../api/errors.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { Button } from '../parts/button.part.js';
import { Notice } from '../parts/card.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Words } from '../parts/words.part.js';
import type { ShareForm, ShareTerms } from './share-form.js';
import { changedShare, changeOf, draftOf } from './share-form.js';
import styles from './share-fields.module.css';
import { INVITE } from './invite.messages.js';
import { invitationOf, invitedAddress } from './invited.js';
import { useInviting } from './inviting.hook.js';
import { SHARE } from './share.messages.js';
import { LostRace } from '../sharing/lost-race.part.js';
import { readAgain } from '../sharing/refresh.js';
import { isGone } from '../sharing/revoke.hook.js';
import { SHARING } from '../sharing/sharing.messages.js';
import { useSharing } from './sharing.hook.js';

interface ShareEndProps {
  readonly form: ShareForm;
  readonly terms: ShareTerms;
  readonly resources: readonly ResourceView[];
  readonly onIncomplete: () => void;
  /** The share that was to be changed ended meanwhile. */
  readonly onOver: () => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The end of the form: the sentence that it comes to, what went wrong, and the button. Always in sight. */
export function ShareEnd(props: ShareEndProps) {
  const { form, onClose } = props;
  const texts = useMessages(SHARE);
  const sending = useSending(props);
  return (
    <div className={styles.end}>
      <div className={styles.summary} role="status" aria-label={texts.summary}>
        <Sentence {...props} />
      </div>
      {sending.isOver && <Over />}
      {sending.error && (
        <Trouble
          error={sending.error}
          form={form}
          terms={props.terms}
          isBusy={sending.isBusy}
          onKeepMine={sending.send}
          onClose={onClose}
        />
      )}
      <div className={styles.actions}>
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button type="submit" look="primary" busy={sending.isBusy} onClick={() => sending.send()}>
          <bdi>{useButtonText(form)}</bdi>
        </Button>
      </div>
    </div>
  );
}

function useButtonText(form: ShareForm): string {
  const [texts, invite] = [useMessages(SHARE), useMessages(INVITE)];
  const { who } = form;
  if (!who) return texts.shareWithNobody;
  const address = invitedAddress(who);
  if (address !== undefined) return invite.submit(address);
  if (changedShare(form)) return texts.changeFor(who.short_name);
  return who.kind === 'application' ? texts.giveTo(who.name) : texts.shareWith(who.short_name);
}

function Sentence({ form: { who }, terms: { scopes, span }, resources }: ShareEndProps) {
  const [texts, { problems }, invite] = [useMessages(SHARE), useMessages(SHARING), useMessages(INVITE)];
  const reader = useWording();
  if (!who) return texts.chooseWho;
  if (scopes.length === 0) return texts.chooseWhat;
  if (typeof span === 'string') return problems[span];
  return (
    <>
      {invitedAddress(who) !== undefined && `${invite.onceAccepted} `}
      <Words of={draftSentence({ holder: who, scopes, resources, ...span }, reader)} />
    </>
  );
}

/** Sends what is filled in, against the version that was read, or the one that is given. */
function useSending({ form, terms, resources, onIncomplete, onOver, onDone }: ShareEndProps) {
  const { give, alter } = useSharing(onDone);
  const inviting = useInviting(onDone);
  const address = invitedAddress(form.who);
  const share = changedShare(form);
  const isOver = isGone(alter.error) && alter.variables?.share.holder.id === form.who?.id && !give.error;
  const end = useEffectEvent(onOver);
  useEffect(() => {
    if (isGone(alter.error)) end();
  }, [alter.error]);
  const send = (version = share?.version) => {
    const change = changeOf(form, terms);
    const draft = draftOf(
      form,
      terms,
      resources.map(({ id }) => id),
    );
    if (!change || !draft) onIncomplete();
    else if (share && version !== undefined) alter.press({ share, version, change });
    else if (address !== undefined) inviting.press(invitationOf(draft, address));
    else give.press(draft);
  };
  const ofNew = address === undefined ? give : inviting;
  const error = share && !isOver ? alter.error : ofNew.error;
  return { send, isBusy: ofNew.isPending || alter.isPending, isOver, error };
}

function Over() {
  const { lostRace } = useMessages(SHARING);
  return (
    <Notice tone="warn" role="alert">
      <p>{lostRace.ended}</p>
    </Notice>
  );
}

interface TroubleProps extends Pick<ShareEndProps, 'form' | 'terms' | 'onClose'> {
  readonly error: Error;
  readonly isBusy: boolean;
  readonly onKeepMine: (version: string) => void;
}

/** It was refused, or somebody else was faster: both versions then. */
function Trouble({ error, form, terms, isBusy, onKeepMine, onClose }: TroubleProps) {
  const [texts, invite] = [useMessages(SHARE), useMessages(INVITE)];
  const reader = useWording();
  const client = useQueryClient();
  const share = changedShare(form);
  const theirs = currentOf(error);
  const name = plainName(form.who?.name ?? '');
  // Without an answer it is not known whether it was done.
  const isKnown = !(error instanceof Unreachable);
  const { failed } = invitedAddress(form.who) === undefined ? texts : invite;
  if (!share || !theirs || typeof terms.span === 'string')
    return (
      <ErrorBox error={error} ofChange {...(isKnown && { what: share ? texts.changeFailed(name) : failed(name) })} />
    );
  const take = () => {
    void readAgain(client);
    onClose();
  };
  const mine = { ...share, scopes: terms.scopes, from: terms.span.from, until: terms.span.until };
  return (
    <LostRace
      theirs={<Words of={accessSentence(theirs, reader)} />}
      mine={<Words of={accessSentence(mine, reader)} />}
      busy={isBusy}
      onKeepMine={() => onKeepMine(theirs.version)}
      onTakeTheirs={take}
    />
  );
}

/** How it is now, where somebody else changed it meanwhile. */
function currentOf(error: Error): AccessRow | undefined {
  if (!(error instanceof Refusal) || !error.isLostRace) return undefined;
  return error.answer.current as AccessRow | undefined;
}
