import { type Send, type ShopAnswer, type ShopRequest, Unreachable } from './http.js';
import { PartnerSignIn } from './partner-sign-in.js';
import { newOrder, PhotoOrder } from './photo-order.js';
import { UmaClient } from './uma-client.js';

const AS = 'https://as.example';
const PARTNER = 'https://partner.example';
const PHOTO = 'https://photos.example/albums/1/photos/1';
const PRINTS = 'https://photos.example/albums/1/prints';

const answer = (status: number, json: object = {}, headers: Record<string, string> = {}): ShopAnswer => ({
  status,
  headers: new Headers(headers),
  text: JSON.stringify(json),
  json: json as Record<string, unknown>,
});
const challenge = (asUri = AS) =>
  answer(401, {}, { 'www-authenticate': `UMA realm="photos", as_uri="${asUri}", ticket="t-0"` });

describe('PhotoOrder', () => {
  let requests: ShopRequest[] = [];

  /** An order whose photo service and token endpoint answer with these, one after the other; an error is thrown. */
  const ordered = async (photos: (ShopAnswer | Error)[], tokens: ShopAnswer[], pcts = new Map<string, string>()) => {
    requests = [];
    const send: Send = async (request) => {
      requests.push(request);
      if (request.url === PRINTS) return answer(tokens.length > 0 ? 500 : 201);
      if (request.url === PHOTO) {
        const next = photos.shift() ?? answer(500);
        if (next instanceof Error) throw next;
        return next;
      }
      if (request.url.endsWith('/uma2-configuration'))
        return answer(200, { issuer: AS, token_endpoint: `${AS}/token` });
      if (request.url === `${PARTNER}/id-tokens`) return answer(200, { id_token: 'id-token-of-bob' });
      return tokens.shift() ?? answer(500);
    };
    const order = new PhotoOrder(newOrder(PHOTO, { owner: 'subject-of-bob', customer: 'bob' }), {
      send,
      uma: new UmaClient({ clientId: 'print-shop', secret: 's', issuer: AS, send }),
      partner: new PartnerSignIn({ issuer: PARTNER, apiKey: 'k', send }),
      pcts,
      changed: () => undefined,
    });
    await order.run();
    return order.content;
  };
  const presented = () => requests.filter(({ url }) => url === `${AS}/token`).map(({ form }) => form?.['ticket']);
  const needInfo = (issuer = PARTNER) =>
    answer(403, { error: 'need_info', ticket: 't-1', required_claims: [{ issuer: [issuer] }] });

  it('UG-11 goes on with the newest ticket through claims and waiting to the photo', async () => {
    const pcts = new Map<string, string>();
    const order = await ordered(
      [challenge(), answer(200)],
      [
        needInfo(),
        answer(403, { error: 'request_submitted', ticket: 't-2', interval: 0 }),
        answer(403, { error: 'request_submitted', ticket: 't-3', interval: 0 }),
        answer(200, { access_token: 'rpt', pct: 'pct-of-bob' }),
      ],
      pcts,
    );
    expect(order.state).toBe('ready');
    expect(presented()).toEqual(['t-0', 't-1', 't-2', 't-3']);
    expect(requests.filter(({ url }) => url === `${AS}/token`).every(({ form }) => form?.['scope'] === 'print')).toBe(
      true,
    );
    expect(requests.slice(-2)).toEqual([
      { method: 'GET', url: PHOTO, headers: { authorization: 'Bearer rpt' } },
      { method: 'POST', url: PRINTS, headers: { authorization: 'Bearer rpt' }, json: { photo: 1 } },
    ]);
    expect(order.steps.at(-1)).toBe('It is printed.');
    expect(pcts.get('bob')).toBe('pct-of-bob');
  });

  it('UG-53 ends with request_denied: there is no ticket to go on with', async () => {
    const order = await ordered([challenge()], [answer(403, { error: 'request_denied' })]);
    expect(order.state).toBe('refused');
    expect(presented()).toEqual(['t-0']);
  });

  it('RFC 9700 §4.4 never sends its secret to a server that a photo service merely names', async () => {
    const order = await ordered([challenge('https://evil.example')], []);
    expect(order.state).toBe('failed');
    expect(requests).toHaveLength(1);
  });

  it('fails when somebody unknown is asked for', async () => {
    expect((await ordered([challenge()], [needInfo('https://other.example')])).state).toBe('failed');
  });

  it('is refused when the token was not good enough', async () => {
    expect((await ordered([challenge(), challenge()], [answer(200, { access_token: 'rpt' })])).state).toBe('refused');
  });

  it('tries again, from a new ticket, while nobody answers', async () => {
    const warned = answer(403, {}, { warning: '199 - "UMA Authorization Server Unreachable"' });
    const order = await ordered(
      [new Unreachable('No answer from https://photos.example'), warned, challenge(), answer(200)],
      [answer(200, { access_token: 'rpt' })],
    );
    expect(order.state).toBe('ready');
    expect(order.steps[0]).toBe('No answer from https://photos.example. Trying again.');
  });

  it('fails, without throwing, when the photo service is in trouble', async () => {
    expect((await ordered([answer(500)], [])).state).toBe('failed');
  });
});
