import { people, signedIn } from '../account/people.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { linkOf, recoveryMail } from '../support/outbox.js';
import { FORM_ROUTES, PAGE_ROUTES } from '../support/page-routes.js';
import { PASSWORD } from '../support/person.js';
import type { Server } from '../support/server.js';

const { config, env } = people('alice', 'bela');
const ROUTES = Object.entries(PAGE_ROUTES);
/** Forms of signed-in persons are tried in `test/account/attacks`. */
const OTHER_FORMS = FORM_ROUTES.filter((path) => !/^\/account\/(?!recovery)/.test(path));
const COOKIES = ['vk_browser', 'vk_session', 'vk_device'];

const csrfIn = ({ text }: Shown) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
const cookiesOf = (browser: FormBrowser) => COOKIES.map((name) => `${name}=${browser.cookie(name) ?? ''}`).join('; ');
/** An address of the route, of nothing that there is. */
const addressOf = (route: string) => route.replace(':id', 'x').replace('*', 'x');

/** Where a form is, in the browser of somebody who has just opened it. */
interface Opened {
  readonly browser: FormBrowser;
  readonly page: Shown;
  /** Where its form goes, below the issuer. */
  readonly target: string;
  readonly fields: Readonly<Record<string, string>>;
}

async function opened({ issuer }: Server, path: string, form: Opened['fields'], target = path): Promise<Opened> {
  const browser = new FormBrowser(issuer);
  return { browser, page: await browser.open(issuer + path), target, fields: form };
}

/** A sign-in that has begun, and a part of it. */
async function interaction({ issuer }: Server, part: string, fields: Opened['fields']): Promise<Opened> {
  const browser = new FormBrowser(issuer);
  const page = await browser.open(`${issuer}/account`);
  return { browser, page, target: `${page.url.slice(issuer.length)}/${part}`, fields };
}

async function recovering(server: Server): Promise<Opened> {
  const browser = new FormBrowser(server.issuer);
  await browser.submit(await browser.open(`${server.issuer}/account/recovery`), { username: 'bela' });
  const link = linkOf(await recoveryMail(server, 0));
  const page = await browser.open(link);
  const password = { password: 'a new one of theirs', password_again: 'a new one of theirs' };
  return { browser, page, target: link.slice(server.issuer.length), fields: password };
}

async function signingOut(server: Server): Promise<Opened> {
  const { browser } = await signedIn(server, 'alice');
  const page = await browser.open(`${server.issuer}/sign-out`);
  return { browser, page, target: '/sign-out', fields: { decision: 'sign_out' } };
}

/** How each form that is not of an account is come to. POST /authorize asks and decides nothing (OpenID Connect Core 3.1.2.1). */
const FORMS: Readonly<Record<string, ((server: Server) => Promise<Opened>) | 'a request of an application'>> = {
  '/authorize': 'a request of an application',
  '/account/recovery': (server) => opened(server, '/account/recovery', { username: 'alice' }),
  '/account/recovery/:id': recovering,
  '/device': (server) => opened(server, '/device', { user_code: 'BBBB-BBBB' }),
  '/interaction/:id/another-person': (server) => interaction(server, 'another-person', {}),
  '/interaction/:id/decision': (server) => interaction(server, 'decision', { decision: 'allow' }),
  '/interaction/:id/passkey': (server) => interaction(server, 'passkey', { answer: '{}' }),
  '/interaction/:id/recovery-code': (server) => interaction(server, 'recovery-code', { code: '0000-0000-0000-0000' }),
  '/interaction/:id/second-step': (server) => interaction(server, 'second-step', { code: '123456' }),
  '/interaction/:id/sign-in': (server) => interaction(server, 'sign-in', { username: 'alice', password: PASSWORD }),
  '/sign-out': signingOut,
};

describeServer('every page of the server', { config, env, issuerPath: '/t1' }, (server) => {
  it.each(ROUTES)(
    'HEAD %s does nothing: no cookie, no interaction, and 405 where GET would do something',
    async (route, { head }) => {
      const { browser } = await signedIn(server(), 'alice');
      const query = { '/authorize': authorizationRequest(), '/device': { user_code: 'BBBB-BBBB' } }[route] ?? {};
      const path = `${addressOf(route)}?${new URLSearchParams(query as Record<string, string>).toString()}`;
      for (const cookie of ['', cookiesOf(browser)]) {
        const answer = await server().http.send({ method: 'HEAD', path, headers: { cookie } });
        expect([answer.headers['set-cookie'], answer.text]).toEqual([undefined, '']);
        expect(String(answer.headers.location ?? '')).not.toContain('/interaction/');
        const allowed = String(answer.headers.allow ?? '').split(', ');
        if (head === 'refused') expect([answer.status, allowed.includes('HEAD')]).toEqual([405, false]);
        else expect(answer.status).toBe((await server().http.get(path, { headers: { cookie } })).status);
      }
    },
  );

  it('OC-07 HEAD of the sign-out ends no session, with a hint that GET would follow', async () => {
    const { browser } = await signedIn(server(), 'alice');
    const headers = { cookie: cookiesOf(browser) };
    expect((await server().http.send({ method: 'HEAD', path: '/sign-out', headers })).status).toBe(405);
    expect((await browser.open(`${server().issuer}/account`)).url).toBe(`${server().issuer}/account`);
  });

  it('215 every form that is no account’s is among those that are tried', () => {
    expect(Object.keys(FORMS).sort()).toEqual([...OTHER_FORMS].sort());
  });

  it.each(Object.keys(FORMS))(
    '215, 216 POST %s is not taken without its own token, or from another origin',
    async (route) => {
      const open = FORMS[route];
      if (typeof open !== 'function') {
        // The question itself comes from another site; its answer is a form of ours.
        const asked = await server().http.form(route, authorizationRequest(), {
          headers: { origin: 'https://app.example' },
        });
        expect([asked.status, asked.headers['set-cookie']]).toEqual([303, undefined]);
        return;
      }
      const { browser, page, target, fields } = await open(server());
      const csrf = csrfIn(page);
      const cookie = cookiesOf(browser);
      const post = (token: string | undefined, headers: Record<string, string> = {}) =>
        server().http.form(target, { ...fields, csrf: token }, { headers: { cookie, ...headers } });
      const foreign = csrfIn(await new FormBrowser(server().issuer).open(`${server().issuer}/device`));
      expect(csrf).not.toBe('');
      const refused = [
        await post(undefined),
        await post('x'),
        await post(foreign),
        await post(csrf, { origin: 'https://evil.example' }),
        await post(csrf, { origin: 'null' }),
        await post(csrf, { 'sec-fetch-site': 'cross-site' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
      const elsewhere = { cookie: cookie.replace(/vk_browser=[^;]*/, `vk_browser=${'A'.repeat(43)}`) };
      refused.push(await post(csrf, elsewhere));
      // An interaction is not there for another browser.
      expect(refused.at(-1)?.status).toBe(route.startsWith('/interaction') ? 400 : 403);
      expect(refused.flatMap(({ headers }) => headers.location ?? [])).toEqual([]);
    },
  );
});
