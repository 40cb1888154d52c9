import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { HandoverDraft, HandoverPreview, HandoverView, SubjectView } from '@valetkey/owner-contract';
import { coverLine, dayText, deed, endText, fillParts, nameText, plainText, startsText } from '@valetkey/wording';
import { useEffect, useRef } from 'react';
import { useChange } from '../../api/change.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Card, Notice, Row } from '../../parts/card.part.js';
import { Empty } from '../../parts/empty.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Words } from '../../parts/words.part.js';
import { toast } from '../../shell/toast-queue.js';
import { COVER } from './cover.messages.js';
import styles from './cover.module.css';

const route = getRouteApi('/cover');

interface CoverReviewProps {
  readonly person: SubjectView;
  readonly draft: HandoverDraft;
  readonly preview: HandoverPreview;
  readonly onDone: () => void;
}

/** What would be handed over, one by one; then it is. */
export function CoverReview({ person, draft, preview, onDone }: CoverReviewProps) {
  const texts = useMessages(COVER).review;
  const navigate = route.useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const handOver = useHandOver(draft, onDone);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        <bdi>{texts.title(person.name)}</bdi>
      </h2>
      <SubjectName subject={person} />
      {preview.away && <Away person={person} away={preview.away} />}
      {preview.grants.length === 0 ? (
        <Empty what={texts.none} />
      ) : (
        <Given person={person} draft={draft} grants={preview.grants} />
      )}
      <LeftOut person={person} preview={preview} />
      {draft.note !== undefined && (
        <Card as="section">
          <h3>{texts.note(person.short_name)}</h3>
          <p className={styles.note}>
            <bdi>{draft.note}</bdi>
          </p>
        </Card>
      )}
      {handOver.error && <ErrorBox error={handOver.error} what={texts.failed} ofChange />}
      <Row>
        <Button onClick={() => void navigate({ search: ({ q }) => ({ q }) })}>{texts.back}</Button>
        {preview.grants.length > 0 && (
          <Button look="primary" busy={handOver.isPending} onClick={() => handOver.press()}>
            <Words of={fillParts(texts.handOver, nameText(person.short_name))} />
          </Button>
        )}
      </Row>
    </>
  );
}

function useHandOver(draft: HandoverDraft, onDone: () => void) {
  const client = useQueryClient();
  const reader = useWording();
  const navigate = route.useNavigate();
  return useChange<void, HandoverView>(() => ({ method: 'POST', path: 'handovers', body: draft }), {
    onDone: async (made) => {
      onDone();
      toast(plainText(coverLine(made, reader)));
      await client.invalidateQueries();
      await navigate({ to: '/', replace: true });
    },
  });
}

interface GivenProps {
  readonly person: SubjectView;
  readonly draft: HandoverDraft;
  readonly grants: HandoverPreview['grants'];
}

function Given({ person, draft, grants }: GivenProps) {
  const texts = useMessages(COVER).review;
  const reader = useWording();
  const line = coverLine({ subject: person, resource_count: grants.length, until: draft.until }, reader);
  return (
    <Card as="section">
      <h3>{texts.gives(grants.length)}</h3>
      <p>
        <Words of={line} /> {texts.byItself}{' '}
        {draft.from !== undefined && (
          <span className={styles.help}>
            (<Words of={startsText(draft.from, reader)} />)
          </span>
        )}
      </p>
      <ul className={styles.list}>
        {grants.map(({ resources, scopes }, index) => (
          <li key={resources[0]?.id ?? index}>
            <p className={styles.strong}>
              <bdi>{resources[0]?.name}</bdi>
            </p>
            <p className={styles.deed}>
              <Words of={deed(scopes, reader.language)} />
            </p>
            {scopes.map(({ scope, consequence, lang }) =>
              consequence === undefined ? null : (
                <p key={scope} className={styles.help} lang={lang}>
                  {consequence}
                </p>
              ),
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function LeftOut({ person, preview: { left_out: rows } }: Pick<CoverReviewProps, 'person' | 'preview'>) {
  const texts = useMessages(COVER).review;
  if (rows.length === 0) return null;
  return (
    <Notice tone="warn">
      <h3>{texts.leftOut(rows.length)}</h3>
      <ul className={styles.list}>
        {rows.map(({ resource, why }) => (
          <li key={resource.id}>
            <p className={styles.strong}>
              <bdi>{resource.name}</bdi>
            </p>
            <p>{texts.why[why](person.short_name)}</p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Away({ person, away }: { readonly person: SubjectView; readonly away: NonNullable<HandoverPreview['away']> }) {
  const texts = useMessages(COVER).review;
  const reader = useWording();
  return (
    <Notice tone="warn" role="status">
      <p>{texts.away(person.name, dayText(away.from, reader), endText(away.until, reader))}</p>
    </Notice>
  );
}
