/** What a browser without scripts makes of a page: its title, the facts that it shows, if any, and its first form. */
export interface ReadPage {
  title: string;
  facts?: string[];
  form?: { action: string; hidden: [name: string, value: string][]; fields: string[] };
}

const FORM = /<form\b([^>]*)>([\s\S]*?)<\/form>/;
const FACT = /<p class="value">([\s\S]*?)<\/p>/g;
const CONTROL = /<(?:input|button|select)\b[^>]*>/g;
/** Marks of writing direction around names: a terminal shows them as rubbish. */
const ISOLATES = /[\u2068\u2069]/g;

/** Reads a page of the authorization server. Undefined if it is none. */
export function readPage(text: string): ReadPage | undefined {
  if (!/^\s*<!doctype html/i.test(text)) return undefined;
  const title = decoded(/<title>([^<]*)<\/title>/.exec(text)?.[1] ?? '').replace(ISOLATES, '');
  const [, attributes, content] = FORM.exec(text) ?? [];
  if (attributes === undefined || content === undefined) return { title };
  const facts = [...content.matchAll(FACT)].map(([, fact = '']) => decoded(fact.replace(/<[^>]*>/g, '').trim()));
  const controls = content.match(CONTROL) ?? [];
  const isHidden = (control: string) => attribute(control, 'type') === 'hidden';
  return {
    title,
    ...(facts.length > 0 && { facts }),
    form: {
      action: attribute(attributes, 'action'),
      hidden: controls.filter(isHidden).map((control) => [attribute(control, 'name'), attribute(control, 'value')]),
      fields: controls.filter((control) => !isHidden(control)).flatMap(inWords),
    },
  };
}

/** The page in words: its title, what it shows, and what its form takes, as parts of one sentence. */
export function pageInWords({ title, facts, form }: ReadPage): string[] {
  return [
    `a page, “${title}”`,
    ...(facts === undefined ? [] : [`which shows: ${facts.join(', ')}`]),
    ...(form === undefined ? [] : [`with a form: ${form.fields.join(', ')}`]),
  ];
}

function inWords(control: string): string[] {
  const name = attribute(control, 'name');
  if (name === '') return [];
  return [control.startsWith('<button') ? `${name} = ${attribute(control, 'value')}` : name];
}

function attribute(text: string, name: string): string {
  return decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? '');
}

function decoded(text: string): string {
  const named = new Map([
    ['quot', '"'],
    ['lt', '<'],
    ['gt', '>'],
    ['amp', '&'],
  ]);
  return text.replace(/&(?:#(\d+)|(\w+));/g, (all, code: string | undefined, name: string | undefined) =>
    code === undefined ? (named.get(name ?? '') ?? all) : String.fromCodePoint(Number(code)),
  );
}
