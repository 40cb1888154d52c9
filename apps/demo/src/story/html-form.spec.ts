import { pageInWords, readPage } from './html-form.js';

describe('reading a page', () => {
  const PAGE = `<!doctype html><html><head><title>Sign in to \u2068A &amp; B\u2069 &#60;?</title></head><body>
    <form class="stack" method="post" action="/interaction/1?a=1&amp;b=2"><input type="hidden" name="csrf" value="&quot;x&quot;">
    <input name="username" value=""><input type="password" name="password"><button type="button">Show</button>
    <button name="decision" value="allow">Allow</button></form><form action="/other"></form></body></html>`;

  it('finds the title and what its first form sends', () => {
    expect(readPage(PAGE)).toEqual({
      title: 'Sign in to A & B <?',
      form: {
        action: '/interaction/1?a=1&b=2',
        hidden: [['csrf', '"x"']],
        fields: ['username', 'password', 'decision = allow'],
      },
    });
  });

  it('says it in words', () => {
    const page = readPage(PAGE);
    expect(page && pageInWords(page)).toEqual([
      'a page, “Sign in to A & B <?”',
      'with a form: username, password, decision = allow',
    ]);
    expect(pageInWords({ title: 'Done' })).toEqual(['a page, “Done”']);
  });

  it('finds the facts that a form would send', () => {
    const page =
      readPage(`<!doctype html><title>Who?</title><p class="value">Not in it</p><form method="post" action="/i">
      <p class="value"><bdi>A &amp; B</bdi></p><p class="value">b@x.example</p><button name="decision" value="send"></form>`);
    expect(page && pageInWords(page)).toEqual([
      'a page, “Who?”',
      'which shows: A & B, b@x.example',
      'with a form: decision = send',
    ]);
  });

  it('takes nothing else for a page', () => {
    expect(readPage('{"error":"invalid_request"}')).toBeUndefined();
    expect(readPage('<!DOCTYPE html><title>x</title>')).toEqual({ title: 'x' });
  });
});
