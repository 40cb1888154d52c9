import type { UseQueryResult } from '@tanstack/react-query';
import type { ResourceView, ScopeView } from '@valetkey/owner-contract';
import { accessSentence } from '@valetkey/wording';
import type { RefObject } from 'react';
import { useState } from 'react';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { Notice, Stack } from '../parts/card.part.js';
import { Loaded } from '../parts/loaded.part.js';
import type { Problems } from '../parts/problems.part.js';
import { ProblemSummary } from '../parts/problems.part.js';
import { TextArea } from '../parts/text-area.part.js';
import { Words } from '../parts/words.part.js';
import { DurationChoice } from '../sharing/duration-choice.part.js';
import { ScopeChoice } from '../sharing/scope-choice.part.js';
import { SHARING } from '../sharing/sharing.messages.js';
import type { ShareForm, ShareTerms } from './share-form.js';
import { changedShare, commonScopes, problemsOf, termsOf, withoutShare, withWho } from './share-form.js';
import { ShareEnd } from './share-end.part.js';
import styles from './share-fields.module.css';
import { SHARE } from './share.messages.js';
import { WhoChoice } from './who-choice.part.js';

/** Ids of the parts of the form: a summary of problems leads to them. */
export const WHO = 'share-who';
const WHAT = 'share-what';
const HOW_LONG = 'share-how-long';

interface ShareFieldsProps {
  readonly resources: UseQueryResult<readonly ResourceView[]>;
  readonly form: ShareForm;
  readonly onChange: (form: ShareForm) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly popup: RefObject<HTMLElement | null>;
}

export function ShareFields({ resources, form, onChange, onClose, onDone, popup }: ShareFieldsProps) {
  const views = resources.data ?? [];
  const offered = commonScopes(views);
  const terms = useTerms(form, offered);
  const [tries, setTries] = useState(0);
  const problems = useProblems(form, terms, tries > 0);
  const [only, second] = views;
  const share = changedShare(form);
  return (
    <form noValidate className={styles.form} onSubmit={(event) => event.preventDefault()}>
      <div className={styles.fields}>
        <ProblemSummary problems={problems} tries={tries} />
        <WhoChoice
          id={WHO}
          value={form.who}
          onChoose={(who) => onChange(withWho(form, who))}
          resourceId={second ? undefined : only?.id}
          problem={problems[WHO]}
          container={popup}
        />
        {share && <Present share={share} />}
        <WhatPart
          resources={resources}
          offered={offered}
          terms={terms}
          problem={problems[WHAT]}
          onChange={(scopes) => onChange({ ...form, scopes })}
        />
        <HowLong terms={terms} problem={problems[HOW_LONG]} onChange={(duration) => onChange({ ...form, duration })} />
        {!share && <NotePart form={form} onChange={onChange} />}
      </div>
      <ShareEnd
        form={form}
        terms={terms}
        resources={views}
        onIncomplete={() => setTries(tries + 1)}
        onOver={() => onChange(withoutShare(form, terms))}
        onClose={onClose}
        onDone={onDone}
      />
    </form>
  );
}

function useTerms(form: ShareForm, offered: readonly ScopeView[]): ShareTerms {
  const { sharing: rules, settings } = useSession();
  const reader = useWording();
  return termsOf(form, { offered, rules, settings, reader });
}

/** By id of the part of the form, once she has tried to send it. */
function useProblems(form: ShareForm, terms: ShareTerms, isTried: boolean): Problems {
  const [texts, sharing] = [useMessages(SHARE), useMessages(SHARING)];
  if (!isTried) return {};
  const { who, what, howLong } = problemsOf(form, terms);
  return {
    ...(who && { [WHO]: texts.noWho }),
    ...(what && { [WHAT]: sharing.problems.nothing_allowed }),
    ...(howLong && { [HOW_LONG]: sharing.problems[howLong] }),
  };
}

/** What she has already, as a sentence. */
function Present({ share }: { readonly share: NonNullable<ReturnType<typeof changedShare>> }) {
  const texts = useMessages(SHARE);
  const reader = useWording();
  return (
    <Notice tone="note">
      <p>
        {texts.has} <Words of={accessSentence(share, reader)} />
      </p>
    </Notice>
  );
}

interface WhatPartProps {
  readonly resources: UseQueryResult<readonly ResourceView[]>;
  readonly offered: readonly ScopeView[];
  readonly terms: ShareTerms;
  readonly problem: string | undefined;
  readonly onChange: (scopes: string[]) => void;
}

function WhatPart({ resources, offered, terms, problem, onChange }: WhatPartProps) {
  const texts = useMessages(SHARE);
  return (
    <Loaded query={resources} rows={3} size="row" what={texts.readFailed}>
      {({ length }) => (
        <Stack gap="tight">
          <ScopeChoice
            id={WHAT}
            legend={texts.what}
            scopes={offered}
            value={terms.scopes.map(({ scope }) => scope)}
            onChange={onChange}
            problem={problem}
          />
          {offered.length === 0 && (
            <p className={styles.nothing}>{length > 1 ? texts.nothingInCommon : texts.nothingDescribed}</p>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

interface HowLongProps {
  readonly terms: ShareTerms;
  readonly problem: string | undefined;
  readonly onChange: (duration: ShareTerms['duration']) => void;
}

function HowLong({ terms, problem, onChange }: HowLongProps) {
  const texts = useMessages(SHARE);
  const { changeForm } = useMessages(SHARING);
  const proposed = terms.present && { span: terms.present, label: changeForm.asNow };
  return (
    <DurationChoice
      id={HOW_LONG}
      value={terms.duration}
      onChange={onChange}
      ownDays={terms.usual}
      proposed={proposed}
      problem={problem}
      legend={texts.howLong}
    />
  );
}

function NotePart({ form, onChange }: Pick<ShareFieldsProps, 'form' | 'onChange'>) {
  const texts = useMessages(SHARE);
  return (
    <details className={styles.note} open={form.note !== '' || undefined}>
      <summary className={styles.more}>
        <bdi>{texts.addNote(form.who?.short_name)}</bdi>
      </summary>
      <TextArea
        label={texts.note}
        help={texts.noteHelp}
        maxLength={500}
        dir="auto"
        value={form.note}
        onChange={({ target }) => onChange({ ...form, note: target.value })}
      />
    </details>
  );
}
