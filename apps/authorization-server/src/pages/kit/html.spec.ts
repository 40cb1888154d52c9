import fc from 'fast-check';
import type { Html } from './html.js';
import { attribute, html } from './html.js';

/** What a parser makes of escaped text: enough for text without entities of its own. */
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39|#96);/g, (entity) => MEANING[entity] ?? '');
const MEANING: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
};

describe('attack class 218: templates that cannot be used unsafely', () => {
  it('any text between tags stays text: no sign that a parser minds is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const inside = html`<p>${text}</p>`.toString().slice(3, -4);
        expect(inside).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/);
        expect(unescaped(inside)).toBe(text.replaceAll('\0', '\ufffd'));
      }),
    );
  });

  it('any text in quotes stays in its attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const tag = html`<p title="${text}">x</p>`.toString();
        expect(tag.split('"')).toHaveLength(3);
        expect(html`<p ${attribute('aria-label', text)}>x</p>`.toString().split('"').length).toBe(text === '' ? 1 : 3);
      }),
    );
  });

  it('markup of a template is kept, lists of it too; nothing is shown for undefined, null and false', () => {
    const bold = html`<b>${'<'}</b>`;
    expect(html`${bold}${[bold, undefined]}${undefined}${null}${false}${0}`.toString()).toBe('<b>&lt;</b><b>&lt;</b>0');
  });

  it('markup cannot be forged: not by an object that looks like it, not in a list, not in quotes', () => {
    const forged = { toString: () => '<script>' } as unknown as Html;
    expect(html`${[html`<b></b>`]}`.toString()).toBe('<b></b>');
    expect(() => html`${[forged]}`).toThrow(TypeError);
    expect(() => html`${['<script>'] as unknown as Html[]}`).toThrow(TypeError);
    expect(() => html`<p title="${html`<b></b>`}">x</p>`).toThrow(TypeError);
    expect(() => html`<p ${'onclick=alert(1)'}>x</p>`).toThrow(TypeError);
    expect(() => html`<p>${attribute('checked', true)}</p>`).toThrow(TypeError);
    expect(() => html`<p title="${html`b`}">x</p>`).toThrow(TypeError);
  });

  // Written as calls, because the template's own text is what is wrong.
  const template = (...parts: string[]) => {
    const strings = Object.assign([...parts], { raw: parts });
    return () => html(strings, ...parts.slice(1).map(() => 'x'));
  };

  it.each([
    ['an attribute without quotes', ['<p title=', '>x</p>']],
    ['an attribute in single quotes', ["<p title='", "'>x</p>"]],
    ['a fixed attribute without quotes', ['<p title=a>x</p>']],
    ['a tag name', ['<', '>x</p>']],
    ['a part of a tag name', ['<h', '>x</h1>']],
    ['an attribute name', ['<p da', '="">x</p>']],
    ['a script', ['<script>', '</script>']],
    ['a style', ['<style>', '</style>']],
    ['a comment', ['<!-- ', ' -->']],
    ['a handler', ['<p onclick="', '">x</p>']],
    ['a style attribute', ['<p style="', '">x</p>']],
    ['a document in an attribute', ['<p srcdoc="', '">x</p>']],
    ['a frame', ['<iframe src="', '"></iframe>']],
    ['a base', ['<base href="', '">']],
    ['an address in pieces', ['<a href="/', '">x</a>']],
    ['an address with something behind it', ['<a href="', '/more">x</a>']],
    ['a tag that is not closed', ['<p>', '</p']],
    ['a bare less-than', ['a < ', '']],
  ])('a template with %s is refused', (_, parts) => {
    expect(template(...parts)).toThrow(TypeError);
  });

  it.each([
    ['/path?x=1#y', '/path?x=1#y'],
    ['#field', '#field'],
    ['https://app.example/cb?x=1&y=2', 'https://app.example/cb?x=1&amp;y=2'],
    ['com.example.app:/cb', 'com.example.app:/cb'],
    ['otpauth://totp/a?secret=b', 'otpauth://totp/a?secret=b'],
    ['http://[::1]:8080/cb', 'http://[::1]:8080/cb'],
  ])('an address is kept: %s', (address, shown) => {
    expect(html`<a href="${address}">x</a>`.toString()).toBe(`<a href="${shown}">x</a>`);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://as.example/x',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'path',
    '',
  ])('attack classes 218, 221: an address that runs something or leads elsewhere leads nowhere: %j', (address) => {
    expect(html`<a href="${address}">x</a>`.toString()).toBe('<a href="about:invalid">x</a>');
    expect(html`<form action="${address}"></form>`.toString()).toBe('<form action="about:invalid"></form>');
  });
});
