import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './chips.module.css';

export interface Chip<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** How many there are, behind the label; `undefined` until it is known: there is room for it already. */
  readonly count?: number | undefined;
}

/** As wide as a digit. */
const UNKNOWN = '\u2007';

interface ChipsProps<Value extends string> {
  readonly legend: string;
  /** The legend is read, not seen: the screen says it otherwise. */
  readonly quiet?: boolean;
  readonly chips: readonly Chip<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, each one press away: radio buttons with a mark that does not need colour. */
export function Chips<Value extends string>({ legend, quiet = false, chips, value, onChoose }: ChipsProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.chips}>
      <legend className={quiet ? 'unseen' : styles.legend}>{legend}</legend>
      <div className={styles.row}>
        {chips.map((chip) => (
          <label key={chip.value} className={styles.chip}>
            <input
              type="radio"
              className={styles.mark}
              name={name}
              value={chip.value}
              checked={chip.value === value}
              onChange={() => onChoose(chip.value)}
            />
            <span>
              {chip.label}
              {'count' in chip && <span className={styles.count}> {chip.count ?? UNKNOWN}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
