/** Below which path of this origin everything is; empty for none. The document says it. */
export function issuerPath(): string {
  return document.documentElement.dataset['issuerPath'] ?? '';
}

/** Where the browser is, below the issuer: what a sign-in leads back to. */
export function presentAddress(): string {
  const { pathname, search, hash } = window.location;
  return pathname.slice(issuerPath().length) + search + hash;
}

/** Address of something of this server that is no screen, such as `/account`. */
export function serverAddress(path: string): string {
  return issuerPath() + path;
}
