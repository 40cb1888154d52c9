/**
 * Whether `Accept` names a media type and does not prefer JSON to it (RFC 9110 section 12.5.1). What is not named, and only
 * falls under a wildcard, keeps the usual form.
 */
export function prefers(header: string | undefined, mediaType: string): boolean {
  if (header === undefined) return false;
  const wanted = qualityOf(header, mediaType);
  return wanted > 0 && wanted >= qualityOf(header, 'application/json');
}

function qualityOf(header: string, mediaType: string): number {
  for (const range of header.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name !== mediaType) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return quality === undefined ? 1 : Number(quality) || 0;
  }
  return 0;
}
