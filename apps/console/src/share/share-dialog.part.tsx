import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import type { ResourceView } from '@valetkey/owner-contract';
import { fillParts, nameText } from '@valetkey/wording';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { read } from '../api/api-client.js';
import { useKeptForm } from '../api/kept-form.hook.js';
import { useMessages } from '../language/language.hook.js';
import { buttonClass } from '../parts/button.part.js';
import { Words } from '../parts/words.part.js';
import { EMPTY_FORM } from './share-form.js';
import { ShareFields, WHO } from './share-fields.part.js';
import { SHARE } from './share.messages.js';
import styles from './share-dialog.module.css';

interface ShareDialogProps {
  /** Of the resources. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
  /** It was shared, or changed; it closes then, too. */
  readonly onShared?: () => void;
}

/** O3: who, what, how long, and the sentence that it comes to. A sheet at the bottom of phones. */
export function ShareDialog({ ids, onClose, onShared }: ShareDialogProps) {
  const texts = useMessages(SHARE);
  const popup = useRef<HTMLDivElement>(null);
  const [form, setForm] = useKeptForm('share', EMPTY_FORM);
  const resources = useQuery({
    queryKey: ['resources', 'views', ...ids],
    queryFn: ({ signal }) =>
      Promise.all(ids.map((id) => read<ResourceView>(`resources/${encodeURIComponent(id)}`, signal))),
  });
  const isFilled = form !== EMPTY_FORM;
  const done = () => {
    onShared?.();
    onClose();
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(_, details) => (isForList(details) ? details.cancel() : onClose())}
      disablePointerDismissal={isFilled}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup
          ref={popup}
          className={styles.popup}
          initialFocus={() => document.getElementById(WHO)}
          finalFocus={false}
        >
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>
              <Title resources={resources.data} />
            </Dialog.Title>
            <Dialog.Close className={buttonClass()} aria-label={texts.close}>
              <X size={20} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <ShareFields
            resources={resources}
            form={form}
            onChange={setForm}
            onClose={onClose}
            onDone={done}
            popup={popup}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Escape closes the list first, an empty one, too. */
function isForList({ reason }: Dialog.Root.ChangeEventDetails): boolean {
  return reason === 'escape-key' && document.getElementById(WHO)?.getAttribute('aria-expanded') === 'true';
}

function Title({ resources }: { readonly resources: readonly ResourceView[] | undefined }) {
  const texts = useMessages(SHARE);
  const [first, second] = resources ?? [];
  if (!resources || !first) return texts.titlePlain;
  return second ? texts.titleOf(resources.length) : <Words of={fillParts(texts.title, nameText(first.name))} />;
}
