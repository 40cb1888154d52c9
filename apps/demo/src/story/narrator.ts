import { shortened } from '../shortened.js';
import { pageInWords, type ReadPage, readPage } from './html-form.js';

/** An exchange as it is told: both sides in full, secrets still in it or already shortened. */
export interface ToldExchange {
  method: string;
  url: string;
  requestHeaders: Readonly<Record<string, string>>;
  requestBody: string;
  status: number;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: string;
}

/** Header fields that say something about the story; the others are left out. */
const SHOWN_HEADERS = ['authorization', 'content-type', 'location', 'www-authenticate', 'warning'];
/** What people type in, and what must not leave their browsers. */
const NEVER_SHOWN = new Set(['password', 'csrf']);
const WIDEST_LINE = 110;
const TEXT_WIDTH = 98;
const NAME_WIDTH = 22;
/** A longer object, such as a server's metadata, is cut: the rest would hide what the story is about. */
const MOST_MEMBERS = 14;
const SHOWN_MEMBERS = 8;
/** The same for lists, such as a server's keys. */
const MOST_ITEMS = 5;
const SHOWN_ITEMS = 2;

/** Tells the story on a terminal, or into a file: colours only where a person looks on. */
export class Narrator {
  private chapters = 0;

  constructor(private readonly output: { write(text: string): unknown; isTTY?: boolean }) {}

  chapter(title: string, explanation = ''): void {
    this.chapters += 1;
    this.line('');
    this.line(this.style('1;36', `── ${this.chapters}. ${title} `.padEnd(100, '─')));
    this.text(explanation);
  }

  /** A paragraph. */
  text(text: string): void {
    for (const line of wrapped(text, TEXT_WIDTH)) this.line(`  ${line}`);
  }

  /** Somebody or something of the story, and what there is to know. */
  introduce(name: string, text: string): void {
    const [first = '', ...rest] = wrapped(text, TEXT_WIDTH - NAME_WIDTH);
    this.line(`  ${this.style('35', name.padEnd(NAME_WIDTH))}${first}`);
    for (const line of rest) this.line(`  ${' '.repeat(NAME_WIDTH)}${line}`);
  }

  exchange(from: string, to: string, exchange: ToldExchange): void {
    this.line('');
    this.line(`    ${this.style('35', `${from} → ${to}`)}`);
    const [address = '', ...parameters] = addressLines(exchange.url);
    this.line(`    ${this.style('1', `${exchange.method} ${address}`)}`);
    for (const line of parameters) this.line(`      ${line}`);
    this.part(exchange.requestHeaders, exchange.requestBody);
    this.line(`    ${this.style(exchange.status < 400 ? '32' : '33', `⇐ ${exchange.status}`)}`);
    this.part(exchange.responseHeaders, exchange.responseBody);
  }

  good(text: string): void {
    this.marked(this.style('32', '✓'), text);
  }

  bad(text: string): void {
    this.marked(this.style('31', '✗'), text);
  }

  private marked(mark: string, text: string): void {
    // An indented line is a command or the like: it stays as it is.
    const lines = text.split('\n').flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line, TEXT_WIDTH - 2)));
    this.line('');
    for (const [index, line] of lines.entries()) this.line(`  ${index === 0 ? mark : ' '} ${line}`);
  }

  /** A value, laid out like the body of an answer. */
  json(value: unknown): void {
    for (const line of jsonLines(shortened(JSON.stringify(value)))) this.line(`      ${line}`);
  }

  line(text: string): void {
    this.output.write(`${text}\n`);
  }

  private part(headers: Readonly<Record<string, string>>, body: string): void {
    for (const name of SHOWN_HEADERS) {
      const value = headers[name];
      if (value === undefined) continue;
      const [first = '', ...more] = name === 'location' ? addressLines(value) : [shortened(value)];
      this.line(`      ${this.style('2', `${name}:`)} ${first}`);
      for (const line of more) this.line(`        ${line}`);
    }
    for (const line of bodyLines(body)) this.line(`      ${line}`);
  }

  private style(code: string, text: string): string {
    return this.output.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

function bodyLines(body: string): string[] {
  if (body === '') return [];
  if (body.startsWith('<svg')) return [`<svg …> (a picture of ${body.length} bytes)`];
  if (/^[\w.]+=/.test(body)) return parameterLines(new URLSearchParams(body));
  const page = readPage(body);
  return page ? pageLines(page) : jsonLines(shortened(body));
}

/** An address that is too long for a line has a line for each parameter. */
function addressLines(address: string): string[] {
  const whole = shortened(address);
  const query = address.indexOf('?');
  if (whole.length <= WIDEST_LINE || query < 0) return [whole];
  return [shortened(address.slice(0, query)), ...parameterLines(new URLSearchParams(address.slice(query)))];
}

function parameterLines(parameters: URLSearchParams): string[] {
  return [...parameters].map(([name, value]) => `${name} = ${NEVER_SHOWN.has(name) ? '•••' : shortened(value)}`);
}

/** A page that is too long for a line has a line for each part. */
function pageLines(page: ReadPage): string[] {
  const parts = pageInWords(page).map(shortened);
  const whole = parts.join(', ');
  return whole.length <= WIDEST_LINE ? [whole] : parts.join(',\n').split('\n');
}

function jsonLines(text: string): string[] {
  try {
    return laidOut(JSON.parse(text), '').split('\n');
  } catch {
    return [text.slice(0, WIDEST_LINE)];
  }
}

/** JSON with a line for each member, but only where one line for all would be too long. */
function laidOut(value: unknown, indent: string): string {
  const inOneLine = JSON.stringify(value);
  if (inOneLine.length + indent.length <= WIDEST_LINE || typeof value !== 'object' || value === null) return inOneLine;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Array.isArray(value) ? itemLines(value, inner) : objectLines(value, inner);
  return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
}

function itemLines(items: readonly unknown[], indent: string): string[] {
  const shown = items.length > MOST_ITEMS ? items.slice(0, SHOWN_ITEMS) : items;
  const lines = shown.map((item) => laidOut(item, indent));
  return shown.length === items.length ? lines : [...lines, `… and ${items.length - shown.length} more`];
}

function objectLines(value: object, indent: string): string[] {
  const entries = Object.entries(value);
  const shown = entries.length > MOST_MEMBERS ? entries.slice(0, SHOWN_MEMBERS) : entries;
  const lines = shown.map(([name, member]) => `${JSON.stringify(name)}: ${laidOut(member, indent)}`);
  return shown.length === entries.length ? lines : [...lines, `… and ${entries.length - shown.length} more members`];
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
