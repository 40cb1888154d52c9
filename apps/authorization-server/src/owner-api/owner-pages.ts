/** Lists of the owner API: usual and largest page. */
export const OWNER_PAGE = { usual: 50, most: 200 } as const;

const MOST_LANGUAGES = 10;

/** Language tags of an Accept-Language header, best first (RFC 9110 section 12.5.4); malformed parts are passed over. */
export function languagesOf(header: string | undefined): string[] {
  if (header === undefined || header.length > 500) return [];
  const weighted = header
    .split(',')
    .slice(0, MOST_LANGUAGES)
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/\s*;\s*q=/i);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    });
  return weighted
    .filter(({ tag, weight }) => /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
