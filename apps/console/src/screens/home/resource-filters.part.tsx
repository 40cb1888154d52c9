import type { ResourceFilter } from '@valetkey/owner-contract';
import { useMessages } from '../../language/language.hook.js';
import { Chips } from '../../parts/chips.part.js';
import { Field } from '../../parts/field.part.js';
import { Select } from '../../parts/select.part.js';
import { useTyped } from '../../parts/typed.hook.js';
import { HOME } from './home.messages.js';
import styles from './home.module.css';
import type { HomeSearch } from './home.search.js';
import { RESOURCE_FILTERS } from './home.search.js';

interface ResourceFiltersProps {
  readonly search: HomeSearch;
  /** All that she uses. */
  readonly labels: readonly string[];
  /** What changes of the address; empty, or `all`: it is taken out. */
  readonly onChange: (changes: Record<string, string>) => void;
}

/** Search, filter and label; each stands in the address. */
export function ResourceFilters({ search: { q, show, label, by }, labels, onChange }: ResourceFiltersProps) {
  const texts = useMessages(HOME);
  const [typed, type] = useTyped(q ?? '', (words) => onChange({ q: words }));
  return (
    <form role="search" className={styles.finder} onSubmit={(event) => event.preventDefault()}>
      <div className={styles.words}>
        <Field
          type="search"
          dir="auto"
          label={texts.search}
          maxLength={100}
          value={typed}
          onChange={({ target }) => type(target.value)}
        />
      </div>
      <LabelChoice label={label ?? ''} labels={labels} onChoose={(chosen) => onChange({ label: chosen })} />
      <div className={styles.show}>
        <Chips
          legend={texts.show}
          quiet
          chips={RESOURCE_FILTERS.map((value) => ({ value, label: texts.filters[value] }))}
          value={show ?? 'all'}
          onChoose={(chosen: ResourceFilter) => onChange({ show: chosen })}
        />
      </div>
      {(labels.length > 0 || by !== undefined) && (
        <Chips
          legend={texts.group.legend}
          quiet
          chips={(['service', 'label'] as const).map((value) => ({ value, label: texts.group[value] }))}
          value={by ?? 'service'}
          onChoose={(chosen) => onChange({ by: chosen })}
        />
      )}
    </form>
  );
}

interface LabelChoiceProps {
  readonly label: string;
  readonly labels: readonly string[];
  readonly onChoose: (label: string) => void;
}

/** Only where she has put labels on anything; the one of the address is there even when nothing has it any more. */
function LabelChoice({ label, labels, onChoose }: LabelChoiceProps) {
  const texts = useMessages(HOME);
  const shown = label === '' || labels.includes(label) ? labels : [label, ...labels];
  if (shown.length === 0) return null;
  return (
    <Select label={texts.label} value={label} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{texts.everyLabel}</option>
      {shown.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  );
}
