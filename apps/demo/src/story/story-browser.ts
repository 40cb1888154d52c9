import { readPage, type ReadPage } from './html-form.js';
import { found, must } from './must.js';
import type { ToldFetch } from './told-send.js';

/** What the browser shows, or where it was sent away from the server. */
export interface Shown {
  url: string;
  status: number;
  page: ReadPage | undefined;
  /** An address of somebody else: the browser stops in front of it. */
  left: URL | undefined;
}

const MOST_REDIRECTS = 5;

/**
 * The browser of somebody in the story: follows redirects, keeps cookies, fills in forms, runs no scripts. It visits one
 * server and stops where it would leave it.
 */
export class StoryBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly server: string,
    private readonly fetch: ToldFetch,
  ) {}

  open(url: string): Promise<Shown> {
    return this.follow(url, { method: 'GET' });
  }

  /** Fills in the form of the page, and presses its button. */
  submit({ url, page }: Shown, filledIn: Readonly<Record<string, string>>): Promise<Shown> {
    const form = found(page?.form, 'a page with a form');
    const body = new URLSearchParams([...form.hidden, ...Object.entries(filledIn)]).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: this.server };
    return this.follow(new URL(form.action, url).href, { method: 'POST', headers, body });
  }

  private async follow(first: string, request: RequestInit): Promise<Shown> {
    let answer = await this.send(first, request);
    for (let url = first, redirects = 0; ; redirects += 1) {
      const location = answer.headers.get('location');
      if (location === null)
        return { url, status: answer.status, page: readPage(await answer.text()), left: undefined };
      must(redirects < MOST_REDIRECTS, 'an end of the redirects');
      const next = new URL(location, url);
      if (next.origin !== this.server) return { url, status: answer.status, page: undefined, left: next };
      url = next.href;
      answer = await this.send(url, { method: 'GET' });
    }
  }

  private async send(url: string, { headers, ...request }: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await this.fetch(url, {
      ...request,
      redirect: 'manual',
      headers: { ...(headers as Record<string, string> | undefined), ...(cookie !== '' && { cookie }) },
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    return answer;
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=;]*)=([^;]*)/.exec(line) ?? [];
    if (/;\s*max-age=0\b/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
