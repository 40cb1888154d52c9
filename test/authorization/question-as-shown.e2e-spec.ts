import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { basic } from '../support/http.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { PASSWORD } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE } from '../support/world.js';

const ALICE = { username: 'alice', password: PASSWORD };
const ALLOW = { decision: 'allow' };
const MEANWHILE = 'This question changed in the meantime. Nothing was allowed: please look again.';
const OPEN = { mode: 'open', clients_per_network: 1_000 };

/** She is asked anew, in the words of now, and nothing has left the server. */
function expectAnew({ status, left, text }: Shown): void {
  expect([status, left]).toEqual([409, undefined]);
  expect(text).toContain(MEANWHILE);
}
const codeIn = ({ left }: Shown) => left?.searchParams.get('code') ?? undefined;

describeServer(
  'RFC 6749 §10.13, A3, A7: she allows what she was shown',
  { config: { ...BY_ALICE, registration: OPEN } },
  (server) => {
    const url = (changes: Record<string, string>) =>
      `${server().issuer}/authorize?${new URLSearchParams(authorizationRequest(changes)).toString()}`;
    const signedIn = async () => {
      const browser = new FormBrowser(server().issuer);
      await browser.submit(await browser.open(`${server().issuer}/account`), ALICE);
      return browser;
    };
    const ofShop = (scope: string) => url({ client_id: 'other-shop', redirect_uri: CALLBACK, scope });
    const renamed = async (who: Registered, metadata: object, client_name: string) => {
      const body = { ...metadata, client_id: who.client_id, client_name };
      expect((await registrarOf(server()).manage('PUT', who, body)).status).toBe(200);
    };

    it('attack classes 25, 238: a client that calls itself otherwise since is not allowed under its new name', async () => {
      const metadata = { redirect_uris: [REDIRECT], client_name: 'Corner printer' };
      const who = await registrarOf(server()).registered(metadata);
      const browser = await signedIn();
      const page = await browser.open(url({ client_id: who.client_id, redirect_uri: REDIRECT, scope: 'openid' }));
      expect(page.text).not.toContain(MEANWHILE);
      await renamed(who, metadata, 'Bank of Example');
      const anew = await browser.submit(page, ALLOW);
      expectAnew(anew);
      expect(anew.text).toContain('Bank of Example');
      expect(codeIn(await browser.submit(anew, ALLOW))).toMatch(/^vk_ac_/);
    });

    it('words that the operator changed are read before they count', async () => {
      const browser = await signedIn();
      const page = await browser.open(url({ client_id: 'print-shop', scope: 'openid view' }));
      expect(page.text).toContain('the photos');
      const operator = await operatorApi(server());
      const { items } = (await operator.get('wording?search=view')).json<{
        items: { id: string; scope: string; version: string }[];
      }>();
      const row = items.find(({ scope }) => scope === 'view');
      const match = { 'if-match': `"${row?.version ?? ''}"` };
      expect((await operator.change('POST', `wording/${row?.id ?? ''}/withdraw`, undefined, match)).status).toBe(200);
      const anew = await browser.submit(page, ALLOW);
      expectAnew(anew);
      expect(anew.text).not.toContain('the photos');
    });

    it('what she allowed in another tab meanwhile changes the question in this one', async () => {
      const browser = await signedIn();
      const [wide, narrow] = [
        await browser.open(ofShop('openid photos.read photos.write')),
        await browser.open(ofShop('openid photos.read')),
      ];
      expect(codeIn(await browser.submit(narrow, ALLOW))).toMatch(/^vk_ac_/);
      const anew = await browser.submit(wide, ALLOW);
      expectAnew(anew);
      expect(anew.text).toContain('You allowed this before');
      expect(codeIn(await browser.submit(anew, ALLOW))).toMatch(/^vk_ac_/);
      const over = await browser.submit(anew, ALLOW);
      expect([over.status, codeIn(over)]).toEqual([400, undefined]);
    });

    it('attack class 24: the word for another question, or none, allows nothing; no needs none', async () => {
      const browser = await signedIn();
      const ask = (scope: string) => browser.open(url({ client_id: 'signed-shop', scope, prompt: 'consent' }));
      const [page, other] = [await ask('openid'), await ask('openid photos.read')];
      const word = /name="asked" value="([^"]*)"/;
      const foreign = word.exec(other.text)?.[1] ?? '';
      for (const text of [
        page.text.replace(word, `name="asked" value="${foreign}"`),
        page.text.replace(word, 'name="x" value=""'),
      ])
        expectAnew(await browser.submit({ ...page, text }, ALLOW));
      const denied = await browser.submit(
        { ...page, text: page.text.replace(word, 'name="x" value=""') },
        { decision: 'deny' },
      );
      expect(denied.left?.searchParams.get('error')).toBe('access_denied');
      expect(codeIn(await browser.submit(other, ALLOW))).toMatch(/^vk_ac_/);
    });

    it('DV-03 on the page of a device, too: nothing is connected under another name', async () => {
      const metadata = { client_name: 'Living room', grant_types: [DEVICE_CODE], redirect_uris: [] };
      const who = await registrarOf(server()).registered(metadata);
      const headers = { authorization: basic(who.client_id, who.client_secret ?? '') };
      const begun = await server().http.form('/device_authorization', { scope: 'openid' }, { headers });
      const poll = async () => {
        const form = { grant_type: DEVICE_CODE, device_code: textMember(begun, 200, 'device_code') };
        return (await server().http.form('/token', form, { headers })).json();
      };
      const browser = await signedIn();
      const page = await browser.open(textMember(begun, 200, 'verification_uri_complete'));
      const confirm = page.text.includes('value="allow"') ? page : await browser.submit(page, {});
      await renamed(who, metadata, 'Bank of Example');
      const anew = await browser.submit(confirm, ALLOW);
      expectAnew(anew);
      expect(anew.text).toContain('Bank of Example');
      expect(await poll()).toMatchObject({ error: 'authorization_pending' });
      expect((await browser.submit(anew, ALLOW)).text).toContain('Your device is connected');
    });
  },
);
