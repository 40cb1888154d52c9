import type { SubjectKind, SubjectView, Verification } from '@valetkey/owner-contract';
import { AppWindow, Server, User, Users } from 'lucide-react';
import type { Catalogue } from '../language/language.js';
import { useMessages } from '../language/language.hook.js';
import styles from './subject-name.module.css';

interface SubjectMessages {
  readonly kinds: Readonly<Record<SubjectKind, string>>;
  readonly by: (organisation: string) => string;
  readonly verified: Readonly<Record<'person' | 'application', Readonly<Record<Verification, string>>>>;
  readonly removed: string;
  readonly suspended: string;
}

const TEXTS: Catalogue<SubjectMessages> = {
  en: {
    kinds: { person: 'Person', application: 'Application', service: 'Service', group: 'Group' },
    by: (organisation) => `by ${organisation}`,
    verified: {
      person: { account: '', partner: 'signs in there', operator: '', none: 'not verified' },
      application: { account: '', partner: '', operator: 'verified', none: 'not verified' },
    },
    removed: 'no longer exists',
    suspended: 'suspended by whoever runs this service',
  },
  de: {
    kinds: { person: 'Person', application: 'Anwendung', service: 'Dienst', group: 'Gruppe' },
    by: (organisation) => `von ${organisation}`,
    verified: {
      person: { account: '', partner: 'meldet sich dort an', operator: '', none: 'nicht geprüft' },
      application: { account: '', partner: '', operator: 'geprüft', none: 'nicht geprüft' },
    },
    removed: 'gibt es nicht mehr',
    suspended: 'vom Betreiber dieses Dienstes gesperrt',
  },
};

const ICONS = { person: User, application: AppWindow, service: Server, group: Users } as const;

/** What is said beside the name: publisher or partner, and how the name was checked. */
function useAbout({ kind, organisation, verification, removed, suspended }: SubjectView): readonly string[] {
  const texts = useMessages(TEXTS);
  const isMade = kind === 'application' || kind === 'service';
  const from = organisation === undefined || organisation === '' ? '' : isMade ? texts.by(organisation) : organisation;
  const checked = texts.verified[isMade ? 'application' : 'person'][verification];
  const rests = suspended === true ? texts.suspended : '';
  return [from, checked, removed === true ? texts.removed : rests].filter((text) => text !== '');
}

/** A person, application, service or group: the shape of its mark tells the kind, words beside it who vouches. */
export function SubjectName({ subject, strong = true }: { readonly subject: SubjectView; readonly strong?: boolean }) {
  const texts = useMessages(TEXTS);
  const about = useAbout(subject);
  const Icon = ICONS[subject.kind];
  return (
    <span className={styles.subject}>
      <span className={`${styles.mark} ${styles[subject.kind]}`}>
        <Icon size={18} aria-hidden="true" />
        <span className="unseen">{texts.kinds[subject.kind]} </span>
      </span>
      <span>
        <bdi className={strong ? styles.strong : undefined}>{subject.name}</bdi>
        {about.length > 0 && (
          <>
            {' '}
            <bdi className={styles.about}>{about.join(', ')}</bdi>
          </>
        )}
      </span>
    </span>
  );
}
