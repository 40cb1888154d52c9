import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import { toast } from '../shell/toast-queue.js';
import { loadShareDialog } from './load-share-dialog.js';
import { SHARE_BUTTON } from './share-button.messages.js';

interface ShareButtonProps {
  /** Id of the resource, or `SEVERAL`. */
  readonly of: string;
  /** Of the resource: the button's name has it. */
  readonly name: string;
  /** The words on it, where they are not "Share". */
  readonly label?: string;
  readonly look?: 'primary';
  readonly onOpen: (of: string) => void;
}

/** Id of the button: the focus returns to it. */
export function shareButtonId(of: string): string {
  return `share-${of}`;
}

/** Opens the share dialog, whose chunk it gets ahead. */
export function ShareButton({ of, name, label, look, onOpen }: ShareButtonProps) {
  const texts = useMessages(SHARE_BUTTON);
  const [isLoading, setIsLoading] = useState(false);
  const preload = () => void loadShareDialog().catch(() => undefined);
  const open = () => {
    setIsLoading(true);
    loadShareDialog()
      .then(() => onOpen(of))
      .catch(() => toast(texts.notLoaded))
      .finally(() => setIsLoading(false));
  };
  return (
    <Button
      id={shareButtonId(of)}
      {...(look && { look })}
      busy={isLoading}
      aria-haspopup="dialog"
      onPointerEnter={preload}
      onFocus={preload}
      onClick={open}
    >
      <Share2 size={18} aria-hidden="true" />
      <span>
        {label ?? texts.share}
        {label === undefined && (
          <span className="unseen">
            {' '}
            <bdi>{name}</bdi>
          </span>
        )}
      </span>
    </Button>
  );
}
