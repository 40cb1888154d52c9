import { getRouteApi, Link } from '@tanstack/react-router';
import type { DirectoryAnswer, SubjectView } from '@valetkey/owner-contract';
import { useState } from 'react';
import { useDirectory } from '../../directory/directory.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Card } from '../../parts/card.part.js';
import { Empty } from '../../parts/empty.part.js';
import { Field } from '../../parts/field.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Screen } from '../../shell/screen.part.js';
import { APPLICATIONS } from './applications.messages.js';
import styles from './applications.module.css';

const route = getRouteApi('/applications');

/** O5: finds the application that is to get access. */
export function ApplicationsScreen() {
  const texts = useMessages(APPLICATIONS);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [words, setWords] = useState(q);
  const found = useDirectory(q);
  const search = (value: string) => {
    setWords(value);
    void navigate({ search: value.trim() === '' ? {} : { q: value.trim() }, replace: true });
  };
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <div className={styles.search}>
        <Field
          type="search"
          label={texts.search}
          help={texts.help}
          autoComplete="off"
          value={words}
          onChange={({ target }) => search(target.value)}
        />
      </div>
      <Loaded query={found} what={texts.failed}>
        {(answer) => <Found answer={answer} isSearch={q !== ''} />}
      </Loaded>
    </Screen>
  );
}

function Found({ answer, isSearch }: { readonly answer: DirectoryAnswer; readonly isSearch: boolean }) {
  const texts = useMessages(APPLICATIONS);
  const { applications, more } = answer;
  if (applications.length === 0)
    return isSearch ? (
      <div role="status">
        <Empty {...texts.noMatch} />
      </div>
    ) : (
      <Empty {...texts.nothingKnown} />
    );
  return (
    <section className={styles.found}>
      <h2 className={styles.heading}>{isSearch ? texts.found(applications.length) : texts.known}</h2>
      <p role="status" className="unseen">
        {isSearch ? texts.found(applications.length) : ''}
      </p>
      <ul className={styles.list}>
        {applications.map((one) => (
          <ApplicationCard key={one.id} application={one} />
        ))}
      </ul>
      {isSearch && more && <p className={styles.more}>{texts.more}</p>}
    </section>
  );
}

function ApplicationCard({ application }: { readonly application: SubjectView }) {
  const texts = useMessages(APPLICATIONS);
  return (
    <Card as="li">
      <div className={styles.card}>
        <h3 className={styles.name}>
          <SubjectName subject={application} />
        </h3>
        <Link
          to="/applications/$id"
          params={{ id: application.id }}
          className={buttonClass()}
          aria-label={texts.chooseNamed(application.name)}
        >
          {texts.choose}
        </Link>
      </div>
    </Card>
  );
}
