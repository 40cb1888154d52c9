/**
 * Header fields for the demo's pages: nothing from elsewhere, no script, no guessing of types. `formTargets` are origins
 * to which the answer to a form may send the browser: browsers look at where a form leads to in the end, too.
 */
export function pageHeaders(...formTargets: readonly string[]) {
  const formAction = ["'self'", ...formTargets].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    // Not `no-referrer`: with it a browser would send forms with `Origin: null`.
    'referrer-policy': 'same-origin',
  } as const;
}

export const PAGE_HEADERS = pageHeaders();

/** HTML that needs no escaping any more. */
export class Html {
  constructor(readonly text: string) {}
}

/** Template for HTML: every value is escaped, unless it is `Html` or a list of it. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | readonly Html[])[]): Html {
  return new Html(
    parts.map((part, index) => part + (index < values.length ? render(values[index] ?? '') : '')).join(''),
  );
}

/** Escapes a text for HTML and for XML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A whole page. With `refreshSeconds` the browser asks for it again. */
export function page(title: string, body: Html, refreshSeconds?: number): string {
  const refresh = refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>${refresh}
<style>
  :root { color-scheme: light dark; }
  body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; }
  h1 { line-height: 1.2; } code, pre { font: 0.9rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
  form { margin: 1.25rem 0; } img { max-width: 100%; border-radius: 0.5rem; } button, select { font: inherit; padding: 0.4rem 0.8rem; }
  .actions { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: 0.75rem; }
</style></head><body><main><h1>${escaped(title)}</h1>
${body.text}
</main></body></html>
`;
}

function render(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map((item) => item.text).join('');
  return escaped(String(value));
}
