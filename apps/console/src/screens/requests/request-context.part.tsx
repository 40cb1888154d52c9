import type { RequestView, SubjectView, Vouching } from '@valetkey/owner-contract';
import type { ReactNode } from 'react';
import type { Parts, Reader } from '@valetkey/wording';
import { fillParts, future, listParts, localeOf, nameText, past, until } from '@valetkey/wording';
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
  const { who, vouched, through, context } = request;
  const { first_request: isFirst, had_before: before, others } = context;
  return (
    <dl className={styles.context}>
      <Line name={texts.who}>
        <Known who={who} vouched={vouched} />
        {(isFirst || before) && (
          <p>
            {isFirst && texts.first}
            {before && <Words of={beforeText(before.until, texts, reader)} />}
          </p>
        )}
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

/** Who she is: that she has an account, and whoever vouched for her, when, with what. */
function Known({ who, vouched }: Pick<RequestView, 'who' | 'vouched'>) {
  const { context: texts } = useMessages(REQUESTS);
  const reader = useWording();
  return (
    <>
      {(who.verification === 'account' || vouched.length === 0) && (
        <p>
          <Words of={checkedText(who, texts)} />
        </p>
      )}
      {vouched.map((one) => (
        <p key={`${one.partner} ${one.at}`}>
          <Words of={vouchedText(one, texts, reader)} /> <Words of={factsText(one, texts, reader)} />
        </p>
      ))}
    </>
  );
}

function vouchedText({ partner, means, at }: Vouching, texts: Texts, reader: Reader): Parts {
  const when = past(at, reader);
  return partner === undefined
    ? fillParts(texts.signedIn[means ?? 'somehow'], when)
    : fillParts(texts.partnerAt, nameText(partner), when);
}

function factsText({ name, email }: Vouching, texts: Texts, { language }: Reader): Parts {
  const facts = [
    ...(name === undefined ? [] : [fillParts(texts.nameFact, nameText(name))]),
    ...(email === undefined ? [] : [fillParts(texts.emailFact, nameText(email))]),
  ];
  return facts.length === 0 ? [] : fillParts(texts.facts, listParts(facts, localeOf(language)));
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
