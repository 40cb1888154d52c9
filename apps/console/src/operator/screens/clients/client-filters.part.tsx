import { getRouteApi } from '@tanstack/react-router';
import { useMessages } from '../../../language/language.hook.js';
import { Field } from '../../../parts/field.part.js';
import { Select } from '../../../parts/select.part.js';
import { useTyped } from '../../../parts/typed.hook.js';
import { CLIENT_WORDS } from '../../client-form/client-words.messages.js';
import { CLIENTS } from './clients.messages.js';
import styles from './clients.module.css';
import type { ClientsSearch } from './clients.search.js';
import { toClientsSearch } from './clients.search.js';

const route = getRouteApi('/clients');

/** What the list is narrowed to: each choice is at once in the address. */
export function ClientFilters() {
  const texts = useMessages(CLIENTS);
  const words = useMessages(CLIENT_WORDS);
  const { q = '', state, origin } = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (part: Readonly<Partial<Record<keyof ClientsSearch, string>>>) =>
    void navigate({ search: (former) => toClientsSearch({ ...former, ...part }), replace: true });
  const [typed, type] = useTyped(q, (value) => narrow({ q: value }));
  return (
    <search className={styles.filters}>
      <Field
        type="search"
        dir="auto"
        label={texts.search}
        help={texts.searchHelp}
        autoComplete="off"
        maxLength={200}
        value={typed}
        onChange={({ target }) => type(target.value)}
      />
      <Select label={texts.state} value={state ?? ''} onChange={({ target }) => narrow({ state: target.value })}>
        <option value="">{texts.any}</option>
        {Object.entries(words.states).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <Select label={texts.origin} value={origin ?? ''} onChange={({ target }) => narrow({ origin: target.value })}>
        <option value="">{texts.any}</option>
        {Object.entries(words.origins).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </search>
  );
}
