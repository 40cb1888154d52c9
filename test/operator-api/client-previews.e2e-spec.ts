import { outcome } from '../owner-api/owners.js';
import { describeServer } from '../support/engines.js';
import { type ClientJson, registered, SETTINGS } from './clients.js';
import { BY_ALICE, operatorApi } from './operators.js';

const WORDS = { client_name: 'Frames <b>now</b>', 'purpose#en': 'to frame <i>photos</i>' };

describeServer('P5 the consent page of what is being written', { config: BY_ALICE, issuerPath: '/t1' }, (server) => {
  const api = () => operatorApi(server());
  const htmlOf = (answer: { json<T>(): T }) => answer.json<{ html?: string }>().html ?? '';

  it('is the page itself, with every value as text, in the language that is asked for; nothing is kept', async () => {
    const operator = await api();
    const listed = async () => (await operator.get('clients?limit=100')).text;
    const before = await listed();
    const answer = await operator.change('POST', 'clients/preview', { ...SETTINGS, ...WORDS });
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const page = htmlOf(answer);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('Frames &lt;b&gt;now&lt;/b&gt;');
    expect(page).toContain('to frame &lt;i&gt;photos&lt;/i&gt;');
    expect(page).toContain('Nothing can be allowed or denied here.');
    expect(page).not.toMatch(/<b>now|<i>photos|<script/);
    const german = { 'accept-language': 'de' };
    expect(htmlOf(await operator.change('POST', 'clients/preview', SETTINGS, german))).toContain('lang="de"');
    expect(await listed()).toBe(before);
  });

  it('of a client that there is says what it would say, and changes nothing of it', async () => {
    const operator = await api();
    const made = await registered(operator, { client_name: 'As it is' });
    const asked = await operator.change('POST', `clients/${made.client_id}/preview`, { ...SETTINGS, ...WORDS });
    expect(htmlOf(asked)).toContain('Frames &lt;b&gt;now');
    const now = (await operator.get(`clients/${made.client_id}`)).json<ClientJson & object>();
    expect([now.name, now.version]).toEqual(['As it is', made.version]);
  });

  it('is none where no page asks anybody', async () => {
    const own = { ...SETTINGS, grant_types: ['client_credentials'], redirect_uris: [] };
    expect((await (await api()).change('POST', 'clients/preview', own)).json()).toEqual({});
  });

  it.each<[string, string, object, string]>([
    [
      'settings that could not be registered',
      'preview',
      { redirect_uris: ['http://a.example/'] },
      '400 invalid_request',
    ],
    ['members that are none', 'preview', { vouched_by: 'operator' }, '400 invalid_request'],
    ['a name that hides something', 'preview', { client_name: 'a\u202eb' }, '400 invalid_request'],
    ['a client that is not there', 'nobody/preview', {}, '404 not_found'],
    ['a client of the file', 'print-shop/preview', {}, '409 invalid_state'],
  ])('refuses %s', async (_what, path, settings, refusal) => {
    expect(outcome(await (await api()).change('POST', `clients/${path}`, { ...SETTINGS, ...settings }))).toBe(refusal);
  });

  it('attack class 215: is no answer to a page of somebody else', async () => {
    const operator = await api();
    const strange = { 'x-csrf-token': '' };
    expect((await operator.change('POST', 'clients/preview', SETTINGS, strange)).status).toBe(403);
  });
});
