/**
 * How the routers read and write what an address says besides its path: words as they stand. The router's own way takes "2026" and
 * "576e7418" for numbers, so that an address from a mail, a bookmark or a person's hand would search for something else.
 */
export const ADDRESS_WORDS = {
  parseSearch: (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search)),

  stringifySearch: (search: Record<string, unknown>): string => {
    const said = Object.entries(search).filter(([, value]) => value !== undefined);
    const words = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
    return words.size === 0 ? '' : `?${words.toString()}`;
  },
};

/** Whether an address says yes: it has words alone, links have the value itself. */
export function saysYes(value: unknown): boolean {
  return value === true || value === 'true';
}
