import { shortened } from './shortened.js';

const SECRET = 'q7Zk3LmN9pQrStUvWxYz0123456789abcdefghijklmnopqrs';

describe('shortened', () => {
  it.each([
    ['a token of the server', `vk_rpt_${SECRET}`],
    ['a JWT', `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJib2IifQ.${SECRET}`],
    ['Basic credentials', `Basic ${Buffer.from(`print-shop:${SECRET}`).toString('base64')}`],
    ['a key', `Bearer ${SECRET}`],
  ])('leaves of %s too little to use it, and is done at once', (_what, text) => {
    const short = shortened(`before ${text} after`);
    expect(short).toMatch(/^before .*….* after$/);
    expect(short.length).toBeLessThan(45);
    expect(shortened(short)).toBe(short);
  });

  it('leaves everything else as it is', () => {
    const text = '{"error":"need_info","as_uri":"http://127.0.0.1:8080","scopes":["view","print"]}';
    expect(shortened(text)).toBe(text);
  });
});
