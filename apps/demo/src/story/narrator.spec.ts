import { Narrator, type ToldExchange } from './narrator.js';

const TOKEN = 'vk_rpt_q7Zk3LmN9pQrStUvWxYz0123456789abcdefghijklmnopqrs';
const exchange: ToldExchange = {
  method: 'POST',
  url: `http://127.0.0.1/token`,
  requestHeaders: { authorization: `Bearer ${TOKEN}`, 'x-other': 'left out' },
  requestBody: `grant_type=refresh_token&refresh_token=${TOKEN}`,
  status: 200,
  responseHeaders: { 'content-type': 'application/json', date: 'left out' },
  responseBody: JSON.stringify({ access_token: TOKEN, list: [1, 2], more: 'x'.repeat(100) }),
};

describe('Narrator', () => {
  const told = (isTTY: boolean, body = exchange.responseBody) => {
    let text = '';
    const narrator = new Narrator({ isTTY, write: (part) => (text += part) });
    narrator.chapter('Title', 'Explanation.');
    narrator.exchange('a', 'b', { ...exchange, responseBody: body });
    narrator.good('Done.');
    return text;
  };

  it('shows an exchange with its telling headers and a line for each part, every token shortened', () => {
    const text = told(false);
    expect(text).toContain('── 1. Title ─');
    expect(text).toContain('refresh_token = vk_rpt_q7Zk3…pqrs');
    expect(text).toContain('"list": [1,2],');
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('left out');
  });

  it('lays out a long address, and shows no password', () => {
    let text = '';
    const narrator = new Narrator({ write: (part) => (text += part) });
    const url = `http://127.0.0.1/authorize?response_type=code&state=${'s'.repeat(60)}&redirect_uri=http%3A%2F%2Fshop%2F`;
    narrator.exchange('a', 'b', {
      ...exchange,
      url,
      requestBody: 'username=bob&password=in-clear&csrf=of-the-browser',
      responseHeaders: { location: url },
      responseBody: '<!doctype html><title>Sign in</title>',
    });
    narrator.json({ id_token: TOKEN });
    expect(text).toContain('POST http://127.0.0.1/authorize\n      response_type = code\n');
    expect(text).toContain('location: http://127.0.0.1/authorize\n        response_type = code\n');
    expect(text).toContain('redirect_uri = http://shop/\n');
    expect(text).toContain('username = bob\n      password = •••\n      csrf = •••\n');
    expect(text).toContain('      a page, “Sign in”\n');
    expect(text).not.toMatch(/in-clear|of-the-browser|9pQrStUv/);
  });

  it('uses colours on a terminal only', () => {
    expect(told(false)).not.toContain('\u001b[');
    expect(told(true)).toContain('\u001b[32m✓\u001b[0m');
  });

  it('does not print pictures, and survives what is no JSON', () => {
    expect(told(false, '<svg xmlns="…"></svg>')).toContain('a picture of 21 bytes');
    expect(told(false, 'oops')).toContain('      oops\n');
  });

  it('cuts objects and lists that are too long to be read, and says so', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => [`member_${index}`, 'some value']);
    const text = (count: number) => told(false, JSON.stringify(Object.fromEntries(names(count))));
    expect(text(14)).toContain('"member_13"');
    expect(text(15)).toContain('"member_7": "some value",\n        … and 7 more members\n');
    const list = (count: number) => told(false, JSON.stringify(Array.from({ length: count }, () => 'x'.repeat(40))));
    expect(list(5)).not.toContain('more');
    expect(list(6)).toMatch(/"x{40}",\n +"x{40}",\n +… and 4 more\n/);
  });

  it('wraps what is long, under what it belongs to', () => {
    let text = '';
    const narrator = new Narrator({ write: (part) => (text += part) });
    narrator.good('word '.repeat(30));
    narrator.bad(`what\n  do ${'this '.repeat(30)}`);
    narrator.introduce('alice', 'word '.repeat(30));
    expect(text).toMatch(
      /  ✓ word(?: word)+\n    word(?: word)+\n\n  ✗ what\n      do (?:this ){30}\n  alice {17}word(?: word)+\n {24}word/,
    );
  });
});
