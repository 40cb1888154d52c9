const MOST = 50;

/** How many pages an address wants: 1 when it does not say. */
export function toPages(value: unknown, most = MOST): { readonly pages?: number } {
  const pages = Number(value);
  return Number.isInteger(pages) && pages > 1 && pages <= most ? { pages } : {};
}
