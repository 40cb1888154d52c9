/** Where a requesting party sees what became of her request: as long as the request is kept, at any browser. */
export function requestUrl(issuer: string, requestId: string): string {
  return `${issuer}/uma/requests/${encodeURIComponent(requestId)}`;
}
