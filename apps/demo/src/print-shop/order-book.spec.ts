import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Send, ShopAnswer } from './http.js';
import { OrderBook } from './order-book.js';
import { PartnerSignIn } from './partner-sign-in.js';
import { UmaClient } from './uma-client.js';

const AS = 'https://as.example';
const PHOTO = 'https://photos.example/albums/1/photos/1';
const BOB = { owner: 'subject-of-bob', customer: 'bob' };
const WAITING = { error: 'request_submitted', ticket: 't-1', interval: 3600 };

describe('OrderBook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-orders-'));
  const file = join(folder, 'orders.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A shop that was just started on the file; `alice` is what the token endpoint says to every ticket. */
  const startedShop = (alice: { status: number; json: Record<string, unknown> }) => {
    const presented: (string | undefined)[] = [];
    const answer = (status: number, json: Record<string, unknown> = {}, challenge = ''): ShopAnswer => ({
      status,
      headers: new Headers(challenge === '' ? {} : { 'www-authenticate': challenge }),
      text: '<svg>the photo</svg>',
      json,
    });
    const send: Send = async ({ url, headers, form }) => {
      if (url.endsWith('/prints')) return answer(201);
      if (url === PHOTO && headers?.['authorization'] === undefined)
        return answer(401, {}, `UMA as_uri="${AS}", ticket="t-0"`);
      if (url === PHOTO) return answer(200);
      if (url.endsWith('/uma2-configuration')) return answer(200, { issuer: AS, token_endpoint: `${AS}/token` });
      presented.push(form?.['pct']);
      return answer(alice.status, alice.json);
    };
    const book = new OrderBook(file, {
      send,
      uma: new UmaClient({ clientId: 'print-shop', secret: 's', issuer: AS, send }),
      partner: new PartnerSignIn({ issuer: 'https://partner.example', apiKey: 'k', send }),
    });
    return { book, presented };
  };
  const settled = async () => {
    for (let turns = 0; turns < 50; turns += 1) await turn();
  };

  it('keeps orders and their numbers over a restart, in a file that its user alone can read', async () => {
    const before = startedShop({ status: 403, json: WAITING }).book;
    expect([before.place(PHOTO, BOB), before.place(PHOTO, BOB)]).toEqual([1, 2]);
    await settled();
    expect(before.find(2)?.state).toBe('waiting for the owner');

    const after = startedShop({ status: 403, json: WAITING }).book;
    expect(after.find(2)).toEqual(before.find(2));
    expect(after.place(PHOTO, BOB)).toBe(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['orders.json']);
  });

  it('goes on with the orders that were open, and leaves those that had ended alone', async () => {
    const { book } = startedShop({ status: 200, json: { access_token: 'rpt', pct: 'pct-of-bob' } });
    book.resume();
    await settled();
    expect([1, 2, 3].map((number) => book.find(number)?.state)).toEqual(['ready', 'ready', 'ready']);
    expect(book.find(1)?.steps).toContain('The shop was started again and asks anew.');

    const ended = startedShop({ status: 403, json: { error: 'request_denied' } });
    ended.book.resume();
    await settled();
    expect(ended.presented).toEqual([]);
    expect(ended.book.find(1)).toEqual(book.find(1));
    expect(ended.book.find(1)?.photo).toBe('<svg>the photo</svg>');
  });

  it('remembers who its customers are (PCT) over a restart', async () => {
    const { book, presented } = startedShop({ status: 403, json: { error: 'request_denied' } });
    expect(book.find(book.place(PHOTO, BOB))?.state).toBe('asking');
    await settled();
    expect(presented).toEqual(['pct-of-bob']);
    expect(book.find(4)?.state).toBe('refused');
  });

  it('shows a customer his own orders, the newest first, and nobody else’s', () => {
    const { book } = startedShop({ status: 403, json: WAITING });
    const number = book.place(PHOTO, { owner: 'subject-of-carol', customer: 'carol' });
    expect(book.of('subject-of-carol').map((listed) => listed.number)).toEqual([number]);
    expect(book.of(BOB.owner).map((listed) => listed.number)).toEqual([4, 3, 2, 1]);
    expect(book.of('nobody')).toEqual([]);
  });

  it('has room for a hundred orders: the oldest goes', () => {
    const { book } = startedShop({ status: 403, json: WAITING });
    for (let more = 0; more < 96; more += 1) book.place(PHOTO, BOB);
    expect([book.find(1), book.find(2)]).toEqual([undefined, expect.anything()]);
  });
});
