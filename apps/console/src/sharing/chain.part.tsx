import type { AccessRow, AccessView, ChainHop } from '@valetkey/owner-contract';
import { FileText } from 'lucide-react';
import { fillParts, nameText, past, place } from '@valetkey/wording';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { classNames } from '../parts/class-names.js';
import { SubjectName } from '../parts/subject-name.part.js';
import { Words } from '../parts/words.part.js';
import styles from './chain.module.css';
import { CHAIN } from './chain.messages.js';

type Reached = Pick<AccessRow, 'resources' | 'resource_count'>;

/** How an access reaches her data: one ordered list a chain, the one that was used last first. The lines are decoration. */
export function Chains({ view }: { readonly view: AccessView }) {
  const texts = useMessages(CHAIN);
  const { chains, chain_count: count } = view;
  if (chains.length === 0) return <p className={styles.about}>{texts.none}</p>;
  return (
    <div className={styles.chains}>
      {chains.map(({ hops }, index) => (
        <Chain key={index} hops={hops} reached={view} label={texts.label(index + 1, count)} />
      ))}
      {count > chains.length && <p className={styles.about}>{texts.more(count - chains.length)}</p>}
    </div>
  );
}

interface ChainProps {
  readonly hops: readonly ChainHop[];
  readonly reached: Reached;
  readonly label: string;
}

function Chain({ hops, reached, label }: ChainProps) {
  return (
    <ol className={styles.chain} aria-label={label}>
      {hops.map((hop, index) => (
        <li key={index} className={classNames(styles.hop, hop.unseen === true && styles.unseen)}>
          <Hop hop={hop} before={hops[index - 1]} />
        </li>
      ))}
      {reached.resource_count > 0 && (
        <li className={styles.hop}>
          <Goal reached={reached} />
        </li>
      )}
    </ol>
  );
}

function Hop({ hop, before }: { readonly hop: ChainHop; readonly before: ChainHop | undefined }) {
  const texts = useMessages(CHAIN);
  const reader = useWording();
  const { subject, role, last_seen_at: seen, unseen } = hop;
  const isFor = role === 'actor' && before !== undefined && unseen !== true;
  const does = isFor
    ? fillParts(texts.actedFor, nameText(before.subject.short_name))
    : fillParts(() => texts.roles[role]);
  const isSelf = subject.id === reader.self;
  return (
    <>
      <SubjectName subject={isSelf ? { ...subject, name: texts.you, verification: 'account' } : subject} />
      <span className={styles.about}>
        {unseen === true ? texts.unseen : <Words of={does} />}
        {seen !== undefined && (
          <>
            {', '}
            <Words of={fillParts(texts.last, past(seen, reader))} />
          </>
        )}
      </span>
    </>
  );
}

function Goal({ reached: { resources, resource_count: count } }: { readonly reached: Reached }) {
  const texts = useMessages(CHAIN);
  const { language } = useWording();
  return (
    <span className={styles.goal}>
      <span className={styles.mark}>
        <FileText size={18} aria-hidden="true" />
        <span className="unseen">{texts.resource} </span>
      </span>
      <span className={styles.name}>
        <Words of={place(resources, count, language)} />
      </span>
    </span>
  );
}
