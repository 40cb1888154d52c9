import { getRouteApi } from '@tanstack/react-router';
import type { ActivityKind, ActivityRow } from '@valetkey/owner-contract';
import { activityKind } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Field } from '../../parts/field.part.js';
import { Select } from '../../parts/select.part.js';
import { useTyped } from '../../parts/typed.hook.js';
import { ACTIVITY_KINDS } from './activity-kinds.js';
import { ACTIVITY } from './activity.messages.js';
import styles from './activity.module.css';
import type { ActivitySearch } from './activity.search.js';
import type { Choice } from './choices.hook.js';
import { useChoices } from './choices.hook.js';

const route = getRouteApi('/activity');

/** What the list is narrowed to. Each choice is at once in the address. */
export function ActivityFilters({ rows }: { readonly rows: readonly ActivityRow[] }) {
  const texts = useMessages(ACTIVITY);
  const { language } = useWording();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { people, applications, resources } = useChoices(rows);
  const narrow = (part: ActivitySearch) => void navigate({ search: (former) => given({ ...former, ...part }) });
  return (
    <section className={styles.filters} aria-label={texts.filters}>
      <SearchWords q={search.q} onChange={(q) => narrow({ q })} />
      <Day label={texts.from} value={search.from} onChange={(from) => narrow({ from })} />
      <Day label={texts.to} value={search.to} onChange={(to) => narrow({ to })} />
      <Pick label={texts.holder} value={search.holder} from={people} onPick={(holder) => narrow({ holder })} />
      <Pick
        label={texts.application}
        value={search.application}
        from={applications}
        onPick={(application) => narrow({ application })}
      />
      <Pick
        label={texts.resource}
        value={search.resource}
        from={resources}
        onPick={(resource) => narrow({ resource })}
      />
      <Select
        label={texts.kind}
        value={search.kind ?? ''}
        onChange={({ target: { value } }) => narrow({ kind: (value || undefined) as ActivityKind | undefined })}
      >
        <option value="">{texts.any}</option>
        {ACTIVITY_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {activityKind(kind, language)}
          </option>
        ))}
      </Select>
      {Object.keys(search).length > 0 && (
        <div className={styles.clear}>
          <Button onClick={() => void navigate({ search: {} })}>{texts.clear}</Button>
        </div>
      )}
    </section>
  );
}

function given(search: ActivitySearch): ActivitySearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <Field
      type="date"
      label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    />
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly from: readonly Choice[];
  readonly onPick: (id: string | undefined) => void;
}

function Pick({ label, value, from, onPick }: PickProps) {
  const texts = useMessages(ACTIVITY);
  const isKnown = value === undefined || from.some(({ id }) => id === value);
  return (
    <Select
      label={label}
      value={value ?? ''}
      onChange={({ target }) => onPick(target.value === '' ? undefined : target.value)}
    >
      <option value="">{texts.any}</option>
      {!isKnown && <option value={value}>{texts.chosen}</option>}
      {from.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

interface SearchWordsProps {
  readonly q: string | undefined;
  readonly onChange: (q: string | undefined) => void;
}

function SearchWords({ q = '', onChange }: SearchWordsProps) {
  const { search } = useMessages(ACTIVITY);
  const [typed, type] = useTyped(q, (words) => onChange(words || undefined));
  return (
    <Field
      type="search"
      dir="auto"
      label={search}
      maxLength={100}
      value={typed}
      onChange={({ target }) => type(target.value)}
    />
  );
}
