import { html, page } from './page.js';

describe('html', () => {
  it('escapes every value, in text and in attributes', () => {
    expect(html`<a title="${'"><script>'}">${"<b>&'"}</a>`.text).toBe(
      '<a title="&#34;&#62;&#60;script&#62;">&#60;b&#62;&#38;&#39;</a>',
    );
  });

  it('takes HTML and lists of it as they are', () => {
    const items = ['a', '<'].map((item) => html`<li>${item}</li>`);
    expect(html`<p>${items}${html`<br />`}</p>`.text).toBe('<p><li>a</li><li>&#60;</li><br /></p>');
  });

  it('escapes the title of a page', () => {
    expect(page('<x>', html``)).toContain('<title>&#60;x&#62;</title>');
  });
});
