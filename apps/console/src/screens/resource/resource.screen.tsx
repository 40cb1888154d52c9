import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ResourceView } from '@valetkey/owner-contract';
import { fillParts, nameText, past } from '@valetkey/wording';
import { read } from '../../api/api-client.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Notice } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { Words } from '../../parts/words.part.js';
import { useShareAddress } from '../../share/share-address.hook.js';
import { ShareButton } from '../../share/share-button.part.js';
import { SharePlace } from '../../share/share-place.part.js';
import { Screen } from '../../shell/screen.part.js';
import { LabelsPart } from './labels.part.js';
import { RESOURCE } from './resource.messages.js';
import styles from './resource.module.css';
import { ResourceTabs } from './tabs.part.js';

/** O2: one resource; who has it, what happened, and the way to its service. */
export function ResourceScreen() {
  const texts = useMessages(RESOURCE);
  const { id } = useParams({ from: '/resources/$id' });
  const { open } = useShareAddress();
  const view = useQuery({
    queryKey: ['resources', id],
    queryFn: ({ signal }) => read<ResourceView>(`resources/${encodeURIComponent(id)}`, signal),
  });
  const { data: resource } = view;
  return (
    <Screen
      title={resource ? [nameText(resource.name)] : texts.title}
      lead={resource ? <Lead resource={resource} /> : '\u00a0'}
      actions={resource && <ShareButton of={id} name={resource.name} look="primary" onOpen={open} />}
    >
      {view.isError && !resource ? (
        <Failed error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <Loaded query={view} what={texts.failed}>
          {(found) => (
            <>
              <Silent resource={found} />
              <LabelsPart resource={found} />
              <ResourceTabs resource={found} />
            </>
          )}
        </Loaded>
      )}
      <SharePlace />
    </Screen>
  );
}

function Lead({ resource: { service, description } }: { readonly resource: ResourceView }) {
  const texts = useMessages(RESOURCE);
  return (
    <>
      {description !== undefined && (
        <>
          <bdi>{description}</bdi>
          <br />
        </>
      )}
      <Words of={fillParts(texts.at, nameText(service.name))} />
    </>
  );
}

/** Not there, not hers, or not readable now: what it is, and a way on. */
function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const texts = useMessages(RESOURCE);
  return (
    <>
      <ErrorBox error={error} what={texts.failed} onRetry={onRetry} />
      <p>
        <Link to="/" className={styles.link}>
          {texts.toAll}
        </Link>
      </p>
    </>
  );
}

function Silent({ resource: { service } }: { readonly resource: ResourceView }) {
  const texts = useMessages(RESOURCE);
  const reader = useWording();
  const { name, state, as_of: at } = service;
  if (state !== 'silent') return null;
  const words =
    at === undefined
      ? fillParts(texts.silentAlways, nameText(name))
      : fillParts(texts.silent, nameText(name), past(at, reader));
  return (
    <Notice tone="warn">
      <p>
        <Words of={words} />
      </p>
    </Notice>
  );
}
