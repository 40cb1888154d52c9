import { registered as byOperator } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { logged } from '../support/logged.js';
import { FormBrowser } from '../support/form-browser.js';
import { WHICHEVER } from '../support/http.js';
import { PASSWORD } from '../support/world.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';

const OPEN = { mode: 'open', clients_per_network: 1_000, changes_per_client: 100 };
const REFUSED = [400, 'invalid_client_metadata'];

describeServer('RFC 7591 §5: names that people know', { config: { ...BY_ALICE, registration: OPEN } }, (server) => {
  it.each([
    ['as it is', 'Print shop'],
    ['in capitals, with other spaces', ' PRINT\u00a0 SHOP '],
    ['in one word', 'PrintShop'],
    ['with accents', 'Prínt shôp'],
    ['in full width', 'Ｐｒｉｎｔ ｓｈｏｐ'],
    ['in Cyrillic letters that look the same', 'Рrіnt ѕhор'],
    ['with a Greek letter', 'Priηt shop'],
    ['in Lisu', 'ꓑꓣꓲꓠꓔ ꓢꓧꓳꓑ'],
    ['with a Thai zero', 'Print sh๐p'],
    ['with signs', '“Print-shop” #!'],
  ])('DC-02 attack classes 210, 212: a stranger takes no name of the operator, %s', async (_what, client_name) => {
    for (const answer of await registrarOf(server()).bothWays({ redirect_uris: [REDIRECT], client_name })) {
      expect([answer.status, answer.json().error]).toEqual(REFUSED);
      expect(answer.text).not.toContain(client_name);
    }
  });

  it('attack class 212: each refusal is a line in the log with its reason, and nothing of what was said', async () => {
    const { register, registered, manage } = registrarOf(server());
    const who = await registered({ client_name: 'Honest' });
    const from = server().log().length;
    const wrong = { redirect_uris: ['https://word:secret@shop.example/'], client_name: 'Unsaid' };
    expect((await register(wrong)).status).toBe(400);
    expect((await manage('PUT', who, { ...wrong, client_id: who.client_id })).status).toBe(400);
    await logged(server(), `"clientId":"${who.client_id}"`, from);
    const lines = server().log().slice(from).trim().split('\n');
    const refusals = lines.filter((line) => line.includes('registration_refused'));
    const reasons = refusals.map((line) => (JSON.parse(line) as { reason: string }).reason);
    // A refusal of the tests before may be written only now.
    expect(reasons.filter((reason) => reason !== 'name_of_operators_client')).toEqual([
      'redirect_uri_invalid',
      'redirect_uri_invalid',
    ]);
    expect(lines.join('\n')).not.toMatch(/word|Unsaid/);
  });

  it('DC-05 attack class 212: what is refused leaves the name as it was, and the answer says what is wrong', async () => {
    const { registered, manage } = registrarOf(server());
    const who = await registered({ client_name: 'Corner printer' });
    const change = { redirect_uris: [REDIRECT], client_id: who.client_id, client_name: 'print SHOP' };
    expect((await manage('PUT', who, change)).json()['error_description']).toContain('would be taken for it');
    expect((await manage('GET', who)).json()['client_name']).toBe('Corner printer');
    expect((await manage('PUT', who, { ...change, client_name: 'Print shop 2' })).status).toBe(200);
  });

  it('attack class 212: a name that the operator takes later is kept by the stranger that had it, unchecked as ever', async () => {
    const { registered, register, manage } = registrarOf(server());
    const metadata = { redirect_uris: [REDIRECT], client_name: 'Later known' };
    const [who, other] = [await registered(metadata), await registered()];
    const known = await byOperator(await operatorApi(server()), { client_name: 'later KNOWN' });
    const kept = await manage('PUT', who, { ...metadata, client_id: who.client_id, contacts: ['a@b.example'] });
    expect([kept.status, kept.json()['contacts']]).toEqual([200, ['a@b.example']]);
    for (const answer of [
      await register(metadata),
      await manage('PUT', other, { ...metadata, client_id: other.client_id }),
    ])
      expect([answer.status, answer.json().error]).toEqual(REFUSED);
    const browser = new FormBrowser(server().issuer);
    const request = authorizationRequest({ client_id: who.client_id, redirect_uri: REDIRECT, scope: 'openid' });
    const signIn = await browser.open(`${server().issuer}/authorize?${new URLSearchParams(request).toString()}`);
    const page = await browser.submit(signIn, { username: 'alice', password: PASSWORD });
    expect(page.text).toContain('Nobody here has checked who is behind it.');
    // What the operator removes is known no more.
    const operator = await operatorApi(server());
    expect((await operator.change('DELETE', `clients/${known.client_id}`, undefined, WHICHEVER)).status).toBe(200);
    expect((await register(metadata)).status).toBe(201);
  });

  it('attack class 212: who comes with a token of the operator may be one more installation of what he registered', async () => {
    const bearer = (await server().runCommand(['registration-token', '--uses', '1'])).stdout.trim();
    expect(
      (await registrarOf(server()).register({ redirect_uris: [REDIRECT], client_name: 'Print shop' }, bearer)).status,
    ).toBe(201);
  });
});
