/** Lists of resource identifiers: usual and largest page. */
export const RESOURCE_ID_PAGE = { usual: 1_000, most: 1_000 } as const;
