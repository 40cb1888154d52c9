import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE, PHOTOS } from '../support/world.js';

const PASSWORD = 'seven small boats at sea';
const SECRET = 'payer-secret-payer-secret-payer-secret-00';
const PAYER = {
  client_id: 'payer',
  name: 'Payer',
  type: 'confidential',
  secret: { env: 'PAYER_SECRET' },
  grant_types: ['authorization_code', DEVICE_CODE],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'photos.read'],
  audiences: [PHOTOS],
  authorization_details_types: ['payment', 'account'],
};
const PAYMENT_TYPE = {
  type: 'payment',
  ask: 'every_time',
  display_name: 'Pay from your account',
  fields: [
    { name: 'amount.currency', kind: 'string', required: true },
    { name: 'amount.value', kind: 'number', required: true },
    { name: 'to', kind: 'strings' },
  ],
};
const ACCOUNT_TYPE = { type: 'account', display_name: 'Read an account', fields: [{ name: 'iban', kind: 'string' }] };
const PAYMENT = { type: 'payment', amount: { currency: 'EUR', value: 950 }, to: ['<b>Mallory</b>', 'Ivan'] };
const DETAILS = JSON.stringify([PAYMENT]);
const SET_UP = {
  issuerPath: '/t1',
  clients: [PAYER],
  config: { authorization_details_types: [PAYMENT_TYPE, ACCOUNT_TYPE] },
  env: { PAYER_SECRET: SECRET },
};

describeServer('what is asked for beside scopes is said in words', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const signIn = { username: 'alice', password: PASSWORD };
  const withoutFold = (text: string) => text.replaceAll(/<details[\s\S]*?<\/details>/g, '');
  const consent = async (changes: Record<string, string>, browser = new FormBrowser(server().issuer)) => {
    const request = authorizationRequest({ client_id: 'payer', scope: 'openid', prompt: 'consent', ...changes });
    const page = await browser.open(`${server().issuer}/authorize?${new URLSearchParams(request).toString()}`);
    const asked = page.text.includes('name="password"') ? await browser.submit(page, signIn) : page;
    return { page: asked, said: withoutFold(asked.text), browser };
  };

  it('RA-03 attack class 238: a payment is a sentence with all its members, and no plain sign-in', async () => {
    const plain = await consent({});
    expect(plain.said).toContain('Sign in to');
    const { said } = await consent({ authorization_details: DETAILS });
    expect(said).not.toContain('Sign in to');
    for (const text of ['Pay from your account', 'amount.currency: EUR', 'amount.value: 950', '&lt;b&gt;Mallory'])
      expect(said).toContain(text);
    expect(said).not.toContain('<b>Mallory');
  });

  it('RA-03 attack class 238: a second payment is said, too, though all scopes were given before', async () => {
    const first = await consent({ authorization_details: DETAILS });
    await first.browser.submit(first.page, { decision: 'allow' });
    const other = JSON.stringify([{ ...PAYMENT, amount: { currency: 'EUR', value: 12 } }]);
    const second = await consent({ authorization_details: other, prompt: '' }, first.browser);
    expect(second.said).toContain('amount.value: 12');
  });

  it.each([
    ['a payment that she allowed is asked about every time, and never given in silence', PAYMENT, 'consent_required'],
    [
      'an account that she opened is not asked about again',
      { type: 'account', iban: 'DE02120300000000202051' },
      'code',
    ],
  ])('RA-03 RFC 9396 section 12: %s', async (_what, detail, answered) => {
    const details = { authorization_details: JSON.stringify([detail]) };
    const first = await consent(details);
    const given = await first.browser.submit(first.page, { decision: 'allow' });
    expect(String(given.left)).toContain('code=');
    const again = await consent({ ...details, prompt: 'none' }, first.browser);
    expect(String(again.page.left)).toContain(answered === 'code' ? 'code=' : `error=${answered}`);
    const open = await consent({ ...details, prompt: '' }, first.browser);
    expect(open.said.includes('amount.value: 950')).toBe(answered !== 'code');
  });

  it('attack class 238: access to a resource is no plain sign-in', async () => {
    const { said } = await consent({ resource: PHOTOS });
    expect([said.includes('Sign in to'), said.includes('Photo service'), said.includes(PHOTOS)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('RA-03 attack class 238: the page for devices says payments and resources, too', async () => {
    const form = { scope: 'openid', authorization_details: DETAILS, resource: PHOTOS };
    const answer = await server().http.form('/device_authorization', form, {
      headers: { authorization: basic('payer', SECRET) },
    });
    const browser = new FormBrowser(server().issuer);
    const first = await browser.open(textMember(answer, 200, 'verification_uri_complete'));
    const said = withoutFold((await browser.submit(first, signIn)).text);
    for (const text of ['Pay from your account', 'amount.value: 950', 'Photo service']) expect(said).toContain(text);
  });
});
