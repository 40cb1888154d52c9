import { authorizationRequest, VERIFIER } from './authorization-request.js';
import type { FormBrowser } from './form-browser.js';
import type { Answer, Http } from './http.js';
import type { Server } from './server.js';
import { CALLBACK } from './world.js';

export const PASSWORD = 'seven small boats at sea';

/** Gives an account a password, beside the running server. */
export async function givePassword(server: Server, username: string): Promise<void> {
  const { code, stdout, stderr } = await server.runCommand(['account-password', username], `${PASSWORD}\n`);
  if (code !== 0) throw new Error(`account-password ended with ${code}: ${stdout}${stderr}`);
}

/** She opens an authorization request, signs in where she is asked to, and allows what is asked. @returns where she is sent */
export async function allowed(browser: FormBrowser, url: string, username = 'alice'): Promise<URL> {
  let page = await browser.open(url);
  if (page.text.includes('name="password"')) page = await browser.submit(page, { username, password: PASSWORD });
  if (page.text.includes('value="allow"')) page = await browser.submit(page, { decision: 'allow' });
  if (!page.left) throw new Error(`${page.status}, she was not sent back:\n${page.text}`);
  return page.left;
}

/** A person at a browser without script: keeps cookies, follows redirects within the server, fills in forms. */
export class PersonAtBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly server: Server) {}

  /** Opens an address and follows it to a page, or out of the server: then the answer is the last redirect. */
  async open(url: string): Promise<Answer> {
    return this.follow(await this.http.get(this.pathOf(url), { headers: this.headers() }));
  }

  /** Sends the form of a page that has this action, with what it hides and what she types. */
  async submit(page: Answer, action: string, typed: Readonly<Record<string, string>>): Promise<Answer> {
    const form = [...page.text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
      ([, target = '']) => target.endsWith(action),
    );
    if (!form) throw new Error(`There is no form ${action}:\n${page.text}`);
    const [, target = '', fields = ''] = form;
    const hidden = [...fields.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      /value="([^"]*)"/.exec(input)?.[1] ?? '',
    ]);
    const values = { ...(Object.fromEntries(hidden) as Record<string, string>), ...typed };
    const path = this.pathOf(new URL(target, `${this.server.issuer}/`).href);
    const headers = { ...this.headers(), origin: new URL(this.server.issuer).origin };
    return this.follow(await this.http.form(path, values, { headers }));
  }

  /** Opens an authorization request, signs in where she is asked to, and allows what is asked. @returns where she is sent */
  async allow(url: string, username = 'alice'): Promise<URL> {
    let page = await this.open(url);
    if (page.text.includes('name="password"'))
      page = await this.submit(page, '/sign-in', { username, password: PASSWORD });
    if (page.text.includes('value="allow"')) page = await this.submit(page, '/decision', { decision: 'allow' });
    return locationOf(page);
  }

  private async follow(answer: Answer): Promise<Answer> {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    const { location } = answer.headers;
    const next = location === undefined ? '' : new URL(location, this.server.issuer).href;
    return next.startsWith(`${this.server.issuer}/`) ? this.open(next) : answer;
  }

  private get http(): Http {
    return this.server.http;
  }

  private headers(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  private pathOf(url: string): string {
    const { issuer } = this.server;
    if (!url.startsWith(`${issuer}/`)) throw new Error(`${url} is not at this server`);
    return url.slice(issuer.length);
  }
}

/** The form with which a public client redeems a code that a person has just allowed it, at a browser of her own. */
export async function allowedCode(server: Server, clientId: string, scope: string): Promise<Record<string, string>> {
  const query = new URLSearchParams(authorizationRequest({ client_id: clientId, scope }));
  const back = await new PersonAtBrowser(server).allow(`${server.issuer}/authorize?${query.toString()}`);
  return {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: back.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  };
}

/** Where a redirect goes; throws with the page when there is none. */
export function locationOf(answer: Answer): URL {
  const { location } = answer.headers;
  if (location === undefined) throw new Error(`${answer.status}, no redirect:\n${answer.text}`);
  return new URL(location);
}
