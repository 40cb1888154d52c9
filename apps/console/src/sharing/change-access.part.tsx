import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccessRow } from '@valetkey/owner-contract';
import { accessSentence, plainName, plainText, sharedToast } from '@valetkey/wording';
import { useEffect, useRef } from 'react';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { Button } from '../parts/button.part.js';
import { Notice } from '../parts/card.part.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { ProblemSummary } from '../parts/problems.part.js';
import { Words } from '../parts/words.part.js';
import { toast } from '../shell/toast-queue.js';
import { accessQuery } from './access-query.js';
import { isGrant, useShorterDays } from './changeable.hook.js';
import styles from './change-access.module.css';
import type { ChangeForm } from './change-form.hook.js';
import { useChangeForm } from './change-form.hook.js';
import { DurationChoice } from './duration-choice.part.js';
import { LostRace } from './lost-race.part.js';
import { readAgain } from './refresh.js';
import { isGone } from './revoke.hook.js';
import { Shorten } from './shorten.part.js';
import { ScopeChoice } from './scope-choice.part.js';
import { SHARING } from './sharing.messages.js';

interface ChangeAccessProps {
  readonly row: AccessRow;
  readonly onClose: () => void;
}

/** Changes what a share allows and how long, and how long an application keeps what it holds by consent, where it stands in its list. */
export function ChangeAccess(props: ChangeAccessProps) {
  return isGrant(props.row) ? <ShortenGrant {...props} /> : <ChangeShare {...props} />;
}

function ShortenGrant({ row, onClose }: ChangeAccessProps) {
  const reader = useWording();
  const client = useQueryClient();
  const done = async ({ holder, until }: AccessRow) => {
    toast(plainText(sharedToast({ name: holder.short_name }, until, reader)));
    onClose();
    await readAgain(client);
  };
  const days = useShorterDays(row);
  if (useIsOver(row) || days.length === 0) return <Ended onClose={() => void readAgain(client).then(onClose)} />;
  return <Shorten item={row} days={days} onDone={done} onCancel={onClose} />;
}

function ChangeShare({ row, onClose }: ChangeAccessProps) {
  const form = useChangeForm(row, onClose);
  const reader = useWording();
  const { save, mine, theirs, takeTheirs } = form;
  const isOver = useIsOver(row);
  if (isOver || isGone(save.error)) return <Ended onClose={takeTheirs} />;
  if (!theirs || !mine) return <Form row={row} form={form} onClose={onClose} />;
  return (
    <LostRace
      theirs={<Words of={accessSentence(theirs, reader)} />}
      mine={<Words of={accessSentence(mine, reader)} />}
      busy={save.isPending}
      onKeepMine={() => form.press(theirs.version)}
      onTakeTheirs={takeTheirs}
    />
  );
}

/** Whether it ended while it is being changed: news of it come while the form is open. */
function useIsOver({ id, state }: AccessRow): boolean {
  const present = useQuery(accessQuery(id));
  // What was known before may be older than a give-back.
  const isOverNow = present.isFetchedAfterMount && (present.data?.state === 'ended' || isGone(present.error));
  return isOverNow || state === 'ended';
}

function Form({ row, form, onClose }: ChangeAccessProps & { readonly form: ChangeForm }) {
  const texts = useMessages(SHARING);
  const { content, setContent, save, problems, ids } = form;
  const name = plainName(row.holder.short_name);
  return (
    <form
      className={styles.form}
      aria-label={texts.changeForm.title(name)}
      onSubmit={(event) => {
        event.preventDefault();
        form.press();
      }}
    >
      <ProblemSummary problems={problems} tries={form.tries} />
      {save.error && <ErrorBox error={save.error} ofChange what={texts.failed.change} />}
      <ScopeChoice
        id={ids.scopes}
        legend={texts.allow}
        scopes={form.offered}
        value={content.scopes}
        onChange={(scopes) => setContent({ ...content, scopes })}
        problem={problems[ids.scopes]}
      />
      <DurationChoice
        id={ids.duration}
        value={content}
        onChange={(duration) => setContent({ ...content, ...duration })}
        ownDays={form.ownDays}
        proposed={{ span: form.present, label: texts.changeForm.asNow }}
        problem={problems[ids.duration]}
      />
      <Sentence row={form.mine} />
      <div className={styles.actions}>
        <Button onClick={onClose}>{texts.changeForm.cancel}</Button>
        <Button look="primary" type="submit" busy={save.isPending}>
          {texts.changeForm.save(name)}
        </Button>
      </div>
    </form>
  );
}

function Sentence({ row }: { readonly row: AccessRow | undefined }) {
  const reader = useWording();
  if (!row) return null;
  return (
    <p role="status" className={styles.sentence}>
      <Words of={accessSentence(row, reader)} />
    </p>
  );
}

function Ended({ onClose }: { readonly onClose: () => void }) {
  const texts = useMessages(SHARING);
  const words = useRef<HTMLParagraphElement>(null);
  // What had the focus may be gone with the form.
  useEffect(() => {
    if (document.activeElement === document.body) words.current?.focus();
  }, []);
  return (
    <Notice tone="warn" role="alert">
      <p ref={words} tabIndex={-1}>
        {texts.lostRace.ended}
      </p>
      <Button onClick={onClose}>{texts.changeForm.close}</Button>
    </Notice>
  );
}
