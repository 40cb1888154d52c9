import { brokenRules } from './general-rules.js';

/** What a browser without scripts shows after it has followed redirects within the server. */
export interface Shown {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  /** Where it was sent outside the server; then there is no page. */
  readonly left: URL | undefined;
  readonly headers: Headers;
}

const FIELD = /<input\b[^>]*>/g;
const TICKED = /type="(?:radio|checkbox)"[^>]*\schecked\b/;

/**
 * A browser without scripts: cookies, forms, redirects. It stops where it would leave the server, and the `others` that are
 * visited, too. Every answer of the server is held against the general rules: a broken one throws, whatever the test asserts.
 */
export class FormBrowser {
  private readonly cookies = new Map<string, string>();

  private readonly visited: readonly string[];

  constructor(
    private readonly issuer: string,
    ...others: string[]
  ) {
    this.visited = [issuer, ...others];
  }

  open(url: string): Promise<Shown> {
    return this.request(url, { method: 'GET' });
  }

  /**
   * Fills the page's first form in, presses a button, and follows. What is ticked on the page stays so.
   * @param filled - by name; `null`: as no browser would send it, without that field
   */
  async submit({ url, text }: Shown, filled: Readonly<Record<string, string | null>>): Promise<Shown> {
    const form = /<form\b[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(text);
    if (!form?.[1] || form[2] === undefined) throw new Error(`no form on ${url}:\n${text}`);
    const present = [...form[2].matchAll(FIELD)]
      .map(([input]) => input)
      .filter((input) =>
        TICKED.test(input) ? !Object.hasOwn(filled, attribute(input, 'name')) : input.includes('type="hidden"'),
      )
      .map((input): [string, string] => [attribute(input, 'name'), attribute(input, 'value')]);
    const typed = Object.entries(filled).filter((field): field is [string, string] => field[1] !== null);
    const body = new URLSearchParams([...present, ...typed]);
    return this.request(new URL(decoded(form[1]), url).href, { method: 'POST', body });
  }

  /** Presses "Not you?", whose form stands behind the page's own. */
  notYou(page: Shown): Promise<Shown> {
    const from = page.text.indexOf('<form id="another-person"');
    if (from < 0 || !page.text.includes('form="another-person"')) throw new Error(`no way out on ${page.url}`);
    return this.submit({ ...page, text: page.text.slice(from) }, {});
  }

  /** What it keeps under the cookie's name; `vk_session` is the sign-in. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  /** Somebody else put a cookie into it. */
  plant(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  forget(): void {
    this.cookies.clear();
  }

  /** One exchange, no redirect followed. */
  protected fetch(url: string, init: { method: string; body?: URLSearchParams; headers: Record<string, string> }) {
    return fetch(url, { ...init, redirect: 'manual' });
  }

  private async request(url: string, init: { method: string; body?: URLSearchParams }): Promise<Shown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'sec-fetch-site': init.method === 'POST' ? 'same-origin' : 'none' };
    const answer = await this.fetch(url, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const text = await answer.text();
    this.check(url, init.method, answer, text);
    const location = answer.headers.get('location');
    if (location === null) return { status: answer.status, url, text, left: undefined, headers: answer.headers };
    const next = new URL(location, url);
    if (this.visited.some((place) => next.href.startsWith(`${place}/`)))
      return this.request(next.href, { method: 'GET' });
    return { status: answer.status, url, text: '', left: next, headers: answer.headers };
  }

  private check(url: string, method: string, { status, headers }: Response, text: string): void {
    if (!url.startsWith(`${this.issuer}/`)) return;
    const [path = ''] = url.slice(this.issuer.length).split('#');
    const broken = brokenRules({ method, path, status, headers: Object.fromEntries(headers), text }, false);
    if (broken.length > 0) throw new Error(`${method} ${path} ${broken.join(', ')}:\n${status} ${text.slice(0, 2000)}`);
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split('=');
    if (/max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function attribute(input: string, name: string): string {
  return decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? '');
}

function decoded(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
