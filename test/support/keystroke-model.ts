/** Something that a person does: a press of the pointer, or the typing of so many keys. */
export interface Act {
  /** 0: a press. */
  readonly keys: number;
}

/**
 * Seconds of the keystroke-level model (Card, Moran and Newell): thinking before each act, from keyboard to pointer and back, pointing
 * and pressing, and the keys of an average typist. The server's time is not in it.
 */
const THINK = 1.35;
const POINT = 1.1;
const PRESS = 0.2;
const KEY = 0.28;
const HAND = 0.4;

/** How long the acts take a person who knows what she wants. */
export function modelSeconds(acts: readonly Act[]): number {
  let isAtKeyboard = false;
  let seconds = 0;
  for (const { keys } of acts) {
    const wantsKeyboard = keys > 0;
    if (wantsKeyboard !== isAtKeyboard) seconds += HAND;
    isAtKeyboard = wantsKeyboard;
    seconds += THINK + (wantsKeyboard ? keys * KEY : POINT + PRESS);
  }
  return Math.round(seconds * 10) / 10;
}

/** Counts what a person does: a press, or a text that she types (G1 to G4, G6). */
export function countedInteractions() {
  const acts: Act[] = [];
  const count = async (interaction: () => Promise<unknown>, keys = 0) => {
    acts.push({ keys });
    await interaction();
  };
  return Object.assign(count, { total: () => acts.length, seconds: () => modelSeconds(acts) });
}
