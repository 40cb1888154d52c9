import type { AccessList, AccessRow, ResourceName } from '@valetkey/owner-contract';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import type { AccessGroup, AccessSection } from './access-groups.js';
import { byHolder, byResource } from './access-groups.js';
import { AccessItem } from './access-row.part.js';
import { ACCESS } from './access.messages.js';
import styles from './access.module.css';

interface AccessSectionsProps {
  readonly rows: readonly AccessRow[];
  readonly by: 'holder' | 'resource';
  readonly counts: AccessList['counts'];
}

/** The list in groups: by who holds, or by what is held. */
export function AccessSections({ rows, by, counts }: AccessSectionsProps) {
  const sections = by === 'holder' ? byHolder(rows) : byResource(rows);
  return sections.map((section) => <Section key={section.kind} section={section} counts={counts} />);
}

function Section({ section: { kind, groups }, counts }: { section: AccessSection; counts: AccessList['counts'] }) {
  const texts = useMessages(ACCESS);
  const id = useId();
  const titles = {
    people: texts.people(counts.people),
    applications: texts.applications(counts.applications),
    groups: texts.groups,
    resources: texts.resources,
    about_you: texts.aboutYou,
  };
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{titles[kind]}</h2>
      <ul className={styles.groups}>
        {groups.map((group) => (
          <Group key={group.key} group={group} />
        ))}
      </ul>
    </section>
  );
}

function Group({ group: { holder, resource, rows } }: { readonly group: AccessGroup }) {
  const texts = useMessages(ACCESS);
  return (
    <li className={styles.card}>
      <h3 className={styles.holder}>
        {holder ? <SubjectName subject={holder} /> : resource ? <ResourceHead resource={resource} /> : texts.aboutYou}
      </h3>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <AccessItem key={row.id} row={row} isBelowHolder={holder !== undefined} />
        ))}
      </ul>
    </li>
  );
}

function ResourceHead({ resource }: { readonly resource: ResourceName }) {
  const name = <bdi>{resource.name}</bdi>;
  return (
    <>
      {resource.removed === true ? (
        name
      ) : (
        <Link to="/resources/$id" params={{ id: resource.id }} className={styles.link}>
          {name}
        </Link>
      )}{' '}
      <bdi className={styles.about}>{resource.service.name}</bdi>
    </>
  );
}
