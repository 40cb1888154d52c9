/** Clients of one answer: for each of them its holders are counted. */
export const CLIENT_PAGE = { usual: 25, most: 100, cursor: 512 } as const;
