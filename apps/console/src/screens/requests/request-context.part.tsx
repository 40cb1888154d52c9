import type { RequestView, SubjectView } from '@valetkey/owner-contract';
import type { ReactNode } from 'react';
import type { Parts, Reader } from '@valetkey/wording';
import { fillParts, future, nameText, past, until } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Words } from '../../parts/words.part.js';
import { REQUESTS } from './requests.messages.js';
import styles from './requests.module.css';

type Texts = (typeof REQUESTS)['en']['context'];

/** What her own data and the checked profile say about who asks. */
export function RequestContext({ request }: { readonly request: RequestView }) {
  const { context: texts } = useMessages(REQUESTS);
  const reader = useWording();
  const { who, through, context } = request;
  const { first_request: isFirst, had_before: before, others } = context;
  return (
    <dl className={styles.context}>
      <Line name={texts.who}>
        <p>
          <Words of={checkedText(who, texts)} /> {isFirst && texts.first}
          {before && <Words of={beforeText(before.until, texts, reader)} />}
        </p>
        {through.id !== who.id && (
          <p>
            <Words of={throughText(through, texts)} />
            {through.verification === 'operator' ? texts.checked : texts.unchecked}
          </p>
        )}
      </Line>
      {others.length > 0 && (
        <Line name={texts.others}>
          {others.map(({ holder, until: end }) => (
            <p key={holder.id}>
              <Words of={fillParts(texts.hasAlready, nameText(holder.name), until(end, reader))} />
            </p>
          ))}
        </Line>
      )}
    </dl>
  );
}

function beforeText(end: string | undefined, texts: Texts, reader: Reader): Parts {
  if (end === undefined) return fillParts(() => texts.hadBeforeOpen);
  return fillParts(texts.hadBefore, Date.parse(end) > reader.now ? future(end, reader) : past(end, reader));
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function checkedText({ verification, verified_by: partner, organisation }: SubjectView, texts: Texts): Parts {
  switch (verification) {
    case 'partner':
      return fillParts(texts.partner, nameText(partner ?? organisation ?? '?'));
    case 'account':
      return fillParts(() => texts.account);
    case 'operator':
      return fillParts(() => texts.operator);
    case 'none':
      return fillParts(() => texts.nobody);
  }
}

function throughText({ name, organisation }: SubjectView, texts: Texts): Parts {
  return organisation === undefined
    ? fillParts(texts.worksThrough, nameText(name))
    : fillParts(texts.worksThroughOf, nameText(name), nameText(organisation));
}
