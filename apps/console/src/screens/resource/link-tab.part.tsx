import type { ResourceView } from '@valetkey/owner-contract';
import { deedLine, fillParts, nameText } from '@valetkey/wording';
import { ExternalLink } from 'lucide-react';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Card } from '../../parts/card.part.js';
import { Words } from '../../parts/words.part.js';
import { Technical } from '../../sharing/technical.part.js';
import { RESOURCE } from './resource.messages.js';
import styles from './resource.module.css';

/** The way to the service, what can be allowed, and what identifies it. */
export function LinkTab({ resource }: { readonly resource: ResourceView }) {
  const texts = useMessages(RESOURCE);
  const { language } = useWording();
  const { link, service, described_scopes: scopes } = resource;
  return (
    <Card>
      {link === undefined ? (
        <p>
          <Words of={fillParts(texts.noLink, nameText(service.name))} />
        </p>
      ) : (
        <p>
          <a className={buttonClass()} href={link} rel="noreferrer">
            <ExternalLink size={18} aria-hidden="true" />
            <span>
              <Words of={fillParts(texts.toService, nameText(service.name))} />
            </span>
          </a>
        </p>
      )}
      <h2 className={styles.allowed}>{texts.allowed}</h2>
      {scopes.length === 0 ? (
        <p>{texts.allowedNothing}</p>
      ) : (
        <ul className={styles.deeds}>
          {scopes.map((scope) => (
            <li key={scope.scope}>
              <Words of={[deedLine(scope, language)]} />
              {scope.consequence !== undefined && <p className={styles.about}>{scope.consequence}</p>}
            </li>
          ))}
        </ul>
      )}
      <Technical pairs={useTechnical(resource)} />
    </Card>
  );
}

function useTechnical({ id, type, described_scopes: scopes }: ResourceView): Readonly<Record<string, string>> {
  const { technical } = useMessages(RESOURCE);
  return {
    [technical.id]: id,
    ...(type !== undefined && { [technical.type]: type }),
    ...(scopes.length > 0 && { [technical.scopes]: scopes.map(({ scope }) => scope).join(', ') }),
  };
}
