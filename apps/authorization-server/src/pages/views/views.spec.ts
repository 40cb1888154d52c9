import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { documentOf } from '../kit/document.js';
import { messagesFor } from '../messages/messages-for.js';
import { SAMPLES } from '../samples/samples.fixture.js';
import { STYLESHEET, STYLESHEET_PATH } from '../style/stylesheet.js';

const LARGEST = 15_000;
const FRAME = { brand: 'Valetkey', host: 'as.example', stylesheet: STYLESHEET_PATH };
const FOLDER = 'apps/authorization-server/src/pages/views';
const PAGES = (['en', 'de'] as const).flatMap((locale) =>
  SAMPLES.map(
    (sample) =>
      [sample.name, locale, documentOf(sample.view(messagesFor(locale)), FRAME, messagesFor(locale))] as const,
  ),
);

describe.each(PAGES)('%s (%s)', (_, locale, page) => {
  it('G11: weighs at most 15 kB with its style sheet as sent, and by itself as it stands', () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(LARGEST);
    expect(gzipSync(page).length + gzipSync(STYLESHEET).length).toBeLessThanOrEqual(LARGEST);
  });

  it('has a language, a title, one heading, and asks for the style sheet alone', () => {
    expect(page).toContain(`<html lang="${locale}">`);
    expect(page.match(/<title>[^<]+ · Valetkey<\/title>/)).not.toBeNull();
    expect(page.match(/<h1\b/g)).toHaveLength(1);
    expect([...page.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)]).toHaveLength(1);
    expect(page).not.toMatch(/<(img|script src|iframe|style)\b|\sstyle=|\son[a-z]+=(?![^<>]*&)/);
  });

  it('its title has no signs that turn or isolate text: bars, tabs and bookmarks show them as rubbish', () => {
    expect(/<title>([^<]*)</.exec(page)?.[1]).not.toMatch(/[\u2066-\u2069]/);
  });

  it('every form is a POST, and its buttons that decide say what', () => {
    const forms = page.match(/<form\b[^>]*>/g) ?? [];
    expect(forms.filter((form) => !form.includes('method="post"'))).toEqual([]);
  });
});

/** Places where a view puts texts together by itself. */
function concatenations(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(`${FOLDER}/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
    const isJoin =
      ts.isPropertyAccessExpression(node) && ['join', 'concat', 'replace', 'replaceAll'].includes(node.name.text);
    const isText =
      ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
    const isMarkup = isText && !ts.isTaggedTemplateExpression(node.parent) && /[<>]/.test(node.getText());
    if (isSum || isJoin || isMarkup) found.push(`${file}: ${node.getText().slice(0, 60)}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('attack class 218: views leave markup to the template', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.view.ts'));

  it.each(files)('%s puts no texts together', (file) => {
    expect(concatenations(file)).toEqual([]);
  });

  it('attack class 238: an address of an application that is not https is no link at all', () => {
    const sample = PAGES.find(([name]) => name === 'consent-markup');
    expect(sample?.[2]).not.toMatch(/javascript:alert\(3\)|about:invalid|Terms of/);
    expect(sample?.[2]).toContain('Privacy at');
  });

  it('each view has a sample', () => {
    const names = SAMPLES.map(({ name }) => name);
    const without = files
      .map((file) => file.replace('.view.ts', ''))
      .filter((view) => !names.some((name) => name.startsWith(view)));
    expect(without).toEqual([]);
  });
});
