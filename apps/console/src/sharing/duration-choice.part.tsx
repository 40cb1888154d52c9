import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { dateOf, durationText } from '@valetkey/wording';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import type { Chip } from '../parts/chips.part.js';
import { Chips } from '../parts/chips.part.js';
import { Field } from '../parts/field.part.js';
import type { Duration, DurationChip, Span } from './duration.js';
import { datesOf, daysOffered, spanOf } from './duration.js';
import { SHARING } from './sharing.messages.js';
import styles from './sharing.module.css';

/** A length that is on the table already: what was asked for, or what holds now. */
export interface Proposed {
  readonly span: Span;
  readonly label: ReactNode;
}

interface DurationChoiceProps {
  /** Of the group, for a summary of problems to lead to. */
  readonly id: string;
  readonly value: Duration;
  readonly onChange: (value: Duration) => void;
  /** What she usually chooses. Days. */
  readonly ownDays: number;
  readonly proposed?: Proposed | undefined;
  readonly problem?: string | undefined;
  /** Where it is not "For". */
  readonly legend?: string;
}

/** How long: chips, and two dates behind the last one. */
export function DurationChoice({ legend, ...props }: DurationChoiceProps) {
  const { id, value, onChange, proposed, problem } = props;
  const texts = useMessages(SHARING);
  const reader = useWording();
  const { sharing: rules } = useSession();
  const span = spanOf(value, { reader, rules, proposed: proposed?.span });
  const dates = typeof span === 'string' ? value : datesOf(span, zoneOf(reader));
  const choose = (chip: DurationChip) =>
    onChange({ ...value, chip, ...(chip === 'dates' && value.last === '' && dates) });
  const chips = useChips(props);
  return (
    <div id={id} tabIndex={-1} className={styles.duration}>
      <Chips legend={legend ?? texts.duration.legend} chips={chips} value={value.chip} onChoose={choose} />
      {value.chip === 'dates' && <Dates value={value} onChange={onChange} />}
      {problem !== undefined && <p className={styles.wrong}>{problem}</p>}
    </div>
  );
}

function useChips({ ownDays, proposed }: Pick<DurationChoiceProps, 'ownDays' | 'proposed'>): Chip<DurationChip>[] {
  const texts = useMessages(SHARING);
  const { language } = useWording();
  const { sharing: rules } = useSession();
  return [
    ...daysOffered(ownDays, rules).map((days) => ({ value: `${days}` as const, label: durationText(days, language) })),
    ...(proposed ? [{ value: 'proposed' as const, label: proposed.label }] : []),
    { value: 'dates', label: texts.duration.dates },
    ...(rules.no_end ? [{ value: 'no_end' as const, label: texts.duration.noEnd }] : []),
  ];
}

function Dates({ value, onChange }: Pick<DurationChoiceProps, 'value' | 'onChange'>) {
  const { duration } = useMessages(SHARING);
  const reader = useWording();
  const { longest_days: longest } = useSession().sharing;
  const limit = longest === null ? '' : ` ${duration.longest(durationText(longest, reader.language))}`;
  const today = dateOf(reader.now, zoneOf(reader));
  const fields = useRef<HTMLDivElement>(null);
  // What comes below the edge of a dialog would not be seen to come.
  useEffect(() => {
    fields.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={fields} className={styles.dates}>
      <Field
        type="date"
        label={duration.first}
        help={duration.firstHelp}
        min={today}
        value={value.first}
        onChange={({ target }) => onChange({ ...value, first: target.value })}
      />
      <Field
        type="date"
        label={duration.last}
        help={duration.lastHelp + limit}
        min={today}
        value={value.last}
        onChange={({ target }) => onChange({ ...value, last: target.value })}
      />
    </div>
  );
}

function zoneOf({ zone }: { readonly zone?: string }): string {
  return zone ?? 'UTC';
}
