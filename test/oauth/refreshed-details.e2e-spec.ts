import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { allowed, givePassword, PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE, PHOTOS } from '../support/world.js';

const SECRET = 'planner-secret-planner-secret-planner-00';
const FIELDS = [
  { name: 'locations', kind: 'strings' },
  { name: 'actions', kind: 'strings', values: ['start', 'stop'] },
  { name: 'amount.currency', kind: 'string', required: true, values: ['EUR'] },
  { name: 'amount.value', kind: 'number', required: true },
];
const SET_UP = {
  config: { authorization_details_types: [{ type: 'payment', display_name: 'Pay', fields: FIELDS }] },
  clients: [
    {
      client_id: 'planner',
      name: 'Planner',
      type: 'confidential',
      secret: { env: 'PLANNER_SECRET' },
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE],
      redirect_uris: [CALLBACK],
      scopes: ['offline_access', 'photos.read'],
      audiences: [PHOTOS],
      authorization_details_types: ['payment'],
    },
  ],
  env: { PLANNER_SECRET: SECRET },
};
const WHOLE = {
  type: 'payment',
  locations: [PHOTOS],
  amount: { currency: 'EUR', value: 12.5 },
  actions: ['start', 'stop'],
};
const PART = { ...WHOLE, actions: ['start'] };
const BEYOND = [
  ['an amount that was not granted', JSON.stringify([{ ...WHOLE, amount: { currency: 'EUR', value: 99_999 } }])],
  ['a part and something else', JSON.stringify([PART, { ...WHOLE, locations: ['https://bank.example'] }])],
  ['a type of nobody', '[{"type":"everything"}]'],
  ['a member that does not fit', JSON.stringify([{ ...WHOLE, actions: ['cancel'] }])],
  ['nothing at all', '[]'],
  ['no JSON', 'garbage'],
] as const;

describeServer('RFC 9396 section 6: authorization_details at the token endpoint', SET_UP, (server) => {
  let alice: FormBrowser;
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    alice = new FormBrowser(server().issuer);
  });

  const post = (path: string, form: Form) =>
    server().http.form(path, form, { headers: { authorization: basic('planner', SECRET) } });
  const redeemed = async (form: Form = {}) => {
    const asked = { scope: 'offline_access photos.read', authorization_details: JSON.stringify([WHOLE]) };
    const query = new URLSearchParams({ ...authorizationRequest(asked), client_id: 'planner' });
    const back = await allowed(alice, `${server().issuer}/authorize?${query.toString()}`);
    const code = back.searchParams.get('code') ?? '';
    const usual = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return post('/token', { ...usual, ...form });
  };
  const refreshed = (of: Answer, text?: string) => {
    const form = { grant_type: 'refresh_token', refresh_token: textMember(of, 200, 'refresh_token') };
    return post('/token', { ...form, authorization_details: text });
  };
  /** What the resource server learns of the access token, and what the client was told with it. */
  const givenBy = async (answer: Answer) => {
    const seen = await clientOf(server(), 'photo-service').introspect(textMember(answer, 200, 'access_token'));
    return [seen.json()['authorization_details'], answer.json()['authorization_details']];
  };
  const refusal = (answer: Answer) => [answer.status, answer.json()['error']];
  const REFUSED = [400, 'invalid_authorization_details'];

  it('RA-04 refreshing gives a part to one access token, and the grant stays whole', async () => {
    const first = await redeemed();
    const narrow = await refreshed(first, JSON.stringify([PART]));
    expect(await givenBy(narrow)).toEqual([[PART], [PART]]);
    expect(await givenBy(await refreshed(narrow))).toEqual([[WHOLE], [WHOLE]]);
  });

  it('RA-04 a code that is redeemed for a part leaves the rest to refreshing', async () => {
    const first = await redeemed({ authorization_details: JSON.stringify([PART]) });
    expect(await givenBy(first)).toEqual([[PART], [PART]]);
    expect(await givenBy(await refreshed(first))).toEqual([[WHOLE], [WHOLE]]);
  });

  it('RA-01, RA-02, RA-04 refreshing refuses what is malformed or more, and does not use the token up', async () => {
    const first = await redeemed();
    for (const [what, text] of BEYOND)
      expect([what, ...refusal(await refreshed(first, text))]).toEqual([what, ...REFUSED]);
    expect(await givenBy(await refreshed(first))).toEqual([[WHOLE], [WHOLE]]);
  });

  it('RA-04 a device gets a part where it asks for one, and never more; its code stays good', async () => {
    const asked = { scope: 'offline_access photos.read', authorization_details: JSON.stringify([WHOLE]) };
    const begun = await post('/device_authorization', asked);
    const page = await alice.open(textMember(begun, 200, 'verification_uri_complete'));
    const asking = page.text.includes('name="password"')
      ? await alice.submit(page, { username: 'alice', password: PASSWORD })
      : page;
    await alice.submit(asking, { decision: 'allow' });
    const poll = (text: string) => {
      const form = { grant_type: DEVICE_CODE, device_code: textMember(begun, 200, 'device_code') };
      return post('/token', { ...form, authorization_details: text });
    };
    for (const [what, text] of BEYOND) expect([what, ...refusal(await poll(text))]).toEqual([what, ...REFUSED]);
    const narrow = await poll(JSON.stringify([PART]));
    expect(await givenBy(narrow)).toEqual([[PART], [PART]]);
    expect(await givenBy(await refreshed(narrow))).toEqual([[WHOLE], [WHOLE]]);
  });

  it('RA-04 grants that ask nobody in detail refuse them', async () => {
    const form = {
      grant_type: 'client_credentials',
      scope: 'photos.read',
      authorization_details: JSON.stringify([WHOLE]),
    };
    expect(refusal(await post('/token', form))).toEqual(REFUSED);
    const ticket = await clientOf(server(), 'print-shop').rpt('vk_pt_x', { authorization_details: '[]' });
    expect(refusal(ticket)).toEqual(REFUSED);
  });
});
