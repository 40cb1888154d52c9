export interface ToastAction {
  /** "Give back". The same stays possible on a screen, so that nobody has to be quick. */
  readonly label: string;
  readonly run: () => void;
}

export interface ToastText {
  readonly text: string;
  readonly action?: ToastAction;
}

export interface ToastReader {
  readonly show: (toast: ToastText) => void;
  readonly withdraw: () => void;
}

const waiting: ToastText[] = [];
let reader: ToastReader | undefined;
let onFirst: (() => void) | undefined;

/**
 * Shows a result for 20 seconds; it waits while it is pointed at or has the focus, and F6 leads to it. It takes the place of the one
 * before it, which may not be true any more.
 */
export function toast(text: string, action?: ToastAction): void {
  const one: ToastText = { text, ...(action && { action }) };
  if (reader) return reader.show(one);
  waiting.splice(0, waiting.length, one);
  onFirst?.();
}

/** Takes away what is shown: something was done that the screen itself tells, and what stood there may not be true any more. */
export function withdrawToasts(): void {
  waiting.length = 0;
  reader?.withdraw();
}

/** Hands over what waits and all that comes. @returns what ends it */
export function readToasts(read: ToastReader): () => void {
  reader = read;
  for (const one of waiting.splice(0)) read.show(one);
  return () => {
    if (reader === read) reader = undefined;
  };
}

/** Called when a toast comes and nobody reads. @returns what ends it */
export function whenToastWaits(call: () => void): () => void {
  onFirst = call;
  return () => {
    if (onFirst === call) onFirst = undefined;
  };
}
