export interface ToastAction {
  /** "Give back". The same stays possible on a screen, so that nobody has to be quick. */
  readonly label: string;
  readonly run: () => void;
}

export interface ToastText {
  readonly text: string;
  readonly action?: ToastAction;
}

type Reader = (toast: ToastText) => void;

const waiting: ToastText[] = [];
let reader: Reader | undefined;
let onFirst: (() => void) | undefined;

/** Shows a result for 20 seconds; it waits while it is pointed at or has the focus, and F6 leads to it. */
export function toast(text: string, action?: ToastAction): void {
  const one: ToastText = { text, ...(action && { action }) };
  if (reader) return reader(one);
  waiting.push(one);
  onFirst?.();
}

/** Hands over what waits and all that comes. @returns what ends it */
export function readToasts(read: Reader): () => void {
  reader = read;
  for (const one of waiting.splice(0)) read(one);
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
