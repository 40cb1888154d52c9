import type { HttpExchange } from '@valetkey/resource-server';
import { ExchangeLog } from './exchange-log.js';

const TOKEN = 'vk_at_q7Zk3LmN9pQrStUvWxYz0123456789abcdefghijklmnopqrs';
const exchange = (requestBody: string): HttpExchange => ({
  at: new Date(),
  method: 'POST',
  url: 'http://127.0.0.1/',
  requestHeaders: { authorization: `Bearer ${TOKEN}` },
  requestBody,
  status: 200,
  responseHeaders: {},
  responseBody: JSON.stringify({ access_token: TOKEN }),
});

describe('ExchangeLog', () => {
  it('keeps no secret', () => {
    const log = new ExchangeLog();
    log.record(exchange(`token=${TOKEN}`));
    expect(JSON.stringify(log.after(0))).not.toContain(TOKEN);
  });

  it('keeps the last hundred, and always the one that brought the PAT', () => {
    const log = new ExchangeLog();
    log.record(exchange('grant_type=refresh_token'));
    for (let index = 0; index < 150; index += 1) log.record(exchange('token=x'));
    expect(log.after(0)).toHaveLength(100);
    expect(log.after(150).map(({ number }) => number)).toEqual([151]);
    expect(log.latestPat?.number).toBe(1);
  });
});
