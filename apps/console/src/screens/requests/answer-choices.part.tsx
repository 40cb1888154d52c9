import type { RequestView } from '@valetkey/owner-contract';
import { dayText, draftSentence, fillParts, nameText, plainName } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Words } from '../../parts/words.part.js';
import { DurationChoice } from '../../sharing/duration-choice.part.js';
import { ownDays } from '../../sharing/own-days.js';
import { ScopeChoice } from '../../sharing/scope-choice.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { draftedAccess, proposedSpan } from './answer-draft.js';
import type { AnswerForm } from './answer-form.hook.js';
import { durationId, scopesId } from './answer-ids.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

/** Read, not seen, behind the words of a button: whose request it answers. */
export function About({ request: { who } }: { readonly request: RequestView }) {
  const { about } = useMessages(SHARING);
  return <span className="unseen">{about(plainName(who.name))}</span>;
}

/** What is allowed, and how long. */
export function Choices({ request, content, setContent, frame, problems }: AnswerForm) {
  const sharing = useMessages(SHARING);
  const texts = useMessages(REQUESTS);
  const reader = useWording();
  const proposed = proposedSpan(request, frame);
  return (
    <>
      {request.asked.map(({ resource, scopes }) => (
        <ScopeChoice
          key={resource.id}
          id={scopesId(request, resource.id)}
          legend={
            request.asked.length === 1 ? (
              sharing.allow
            ) : (
              <Words of={fillParts(sharing.allowIn, nameText(resource.name))} />
            )
          }
          scopes={scopes}
          value={content.allowed[resource.id] ?? []}
          onChange={(ticked) => setContent({ ...content, allowed: { ...content.allowed, [resource.id]: ticked } })}
          problem={problems[scopesId(request, resource.id)]}
        />
      ))}
      <DurationChoice
        id={durationId(request)}
        value={content}
        onChange={(duration) => setContent({ ...content, ...duration })}
        ownDays={ownDays(request.who, frame)}
        proposed={
          typeof proposed?.until === 'string'
            ? { span: proposed, label: texts.askedDuration(dayText(Date.parse(proposed.until) - 1, reader)) }
            : undefined
        }
        problem={problems[durationId(request)]}
      />
    </>
  );
}

/** What would be given, as it will be told everywhere. */
export function Summary({ request, content, drafted: { span, isLess, isNothing } }: AnswerForm) {
  const texts = useMessages(REQUESTS);
  const reader = useWording();
  if (typeof span === 'string' || isNothing) return null;
  return (
    <div role="status" className={styles.summary}>
      {draftedAccess(request, content, span).map((access, index) => (
        <p key={index}>
          <Words of={draftSentence(access, reader)} />
        </p>
      ))}
      {isLess && (
        <p className={styles.less}>
          <Words of={fillParts(texts.less, nameText(request.who.short_name))} />
        </p>
      )}
    </div>
  );
}
