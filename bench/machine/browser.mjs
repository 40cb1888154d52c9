/** A browser without script, for setting up who is signed in: cookies, redirects within one origin, forms. */

/**
 * @typedef {object} Page
 * @property {string} url
 * @property {string} text
 * @property {URL} [left] where it was sent outside the origin; then there is no page
 */

export class Browser {
  /** @type {Map<string, string>} */
  #jar = new Map();

  /** @param {string} origin the server; anything else is outside */
  constructor(origin) {
    this.origin = origin;
  }

  /** The Cookie header it sends. */
  cookies() {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @param {string} url @returns {Promise<Page>} */
  open(url) {
    return this.#request(url, { method: 'GET' });
  }

  /**
   * Sends the form with this action, with what it hides and what is typed.
   * @param {Page} page
   * @param {string} action its end
   * @param {Record<string, string>} typed
   * @returns {Promise<Page>}
   */
  submit({ url, text }, action, typed) {
    const forms = [...text.matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const form = forms.find(([, target]) => target.endsWith(action));
    if (!form) throw new Error(`no form ${action} on ${url}: ${text.slice(0, 400)}`);
    const hidden = [...form[2].matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      /value="([^"]*)"/.exec(input)?.[1] ?? '',
    ]);
    const body = new URLSearchParams([...hidden, ...Object.entries(typed)]);
    return this.#request(new URL(form[1], url).href, { method: 'POST', body });
  }

  /** @param {string} url @param {{ method: string, body?: URLSearchParams }} init @returns {Promise<Page>} */
  async #request(url, init) {
    const headers = { cookie: this.cookies(), ...(init.body && { origin: this.origin }) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    const location = answer.headers.get('location');
    if (location === null) return { url, text: await answer.text() };
    await answer.body?.cancel();
    const next = new URL(location, url);
    return next.origin === this.origin ? this.open(next.href) : { url, text: '', left: next };
  }

  /** @param {string} line */
  #keep(line) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}
