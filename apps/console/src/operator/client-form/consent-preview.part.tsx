import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ClientSettings, ConsentPreview as PreviewAnswer } from '@valetkey/operator-contract';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { change } from '../../api/api-client.js';
import { Refusal } from '../../api/errors.js';
import { useMessages, useReader } from '../../language/language.hook.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { useSettled } from '../../parts/settled.hook.js';
import { problemsIn, toDraft } from './client-draft.js';
import { CONSENT_PREVIEW } from './consent-preview.messages.js';
import styles from './consent-preview.module.css';

interface PreviewProps {
  /** With all that is written now. */
  readonly settings: ClientSettings;
  /** Of the client that they change, below the issuer; of all clients where they make one. */
  readonly path: string;
}

/** A form of settings, and beside it what people are asked by what is written in it. */
export function WithConsentPreview({ children, ...preview }: PreviewProps & { readonly children: ReactNode }) {
  return (
    <div className={styles.beside}>
      {children}
      <ConsentPreview {...preview} />
    </div>
  );
}

/** The consent page with what is being written: the page itself, on which nothing runs and nothing can be sent. */
function ConsentPreview({ settings, path }: PreviewProps) {
  const texts = useMessages(CONSENT_PREVIEW);
  const id = useId();
  const isSound = problemsIn(toDraft(settings)).length === 0;
  return (
    <section className={styles.preview} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {texts.title}
      </h2>
      {isSound ? <Page settings={settings} path={path} /> : <p className={styles.note}>{texts.notYet}</p>}
    </section>
  );
}

function Page({ settings, path }: PreviewProps) {
  const texts = useMessages(CONSENT_PREVIEW);
  const { language } = useReader();
  // A text, since settings that say the same are another object each time.
  const body = useSettled(JSON.stringify(settings), 400);
  const { data, error, refetch } = useQuery({
    queryKey: ['operator', 'consent-preview', path, language, body],
    queryFn: () =>
      change<PreviewAnswer>({ method: 'POST', path: `${path}/preview`, body: JSON.parse(body) as unknown }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  if (error instanceof Refusal && error.status === 400) return <p className={styles.note}>{texts.notYet}</p>;
  if (error) return <ErrorBox error={error} what={texts.failed} onRetry={() => void refetch()} />;
  if (data && data.html === undefined) return <p className={styles.note}>{texts.nobody}</p>;
  // Its style sheet is for this origin alone, as all that we send; without scripts it can do nothing with that.
  return <iframe className={styles.page} title={texts.frame} sandbox="allow-same-origin" srcDoc={data?.html ?? ''} />;
}
