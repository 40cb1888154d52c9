import type { ActivityRow } from '@valetkey/owner-contract';
import type { Language } from '@valetkey/wording';
import { activityHeads, activityKind } from '@valetkey/wording';

/** What a spreadsheet takes for a formula, and what hides one behind it. */
const FORMULA = /^[\s]*[=+\-@\t\r|%]/;

/** A cell of RFC 4180; what would be run by a spreadsheet is text there (CWE-1236). */
function cell(text: string): string {
  const plain = text.replace(/[\u0000-\u0008\u000b-\u001f]/gu, ' ');
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Its first line, in the language of the reader. */
export function activityHead(language: Language): string {
  return `${activityHeads(language).map(cell).join(',')}\r\n`;
}

/** One line of the table. */
export function activityLine(row: ActivityRow, language: Language): string {
  const { at, kind, holder, through, actor, resources, scopes, until, invited, reference } = row;
  const cells = [
    at,
    activityKind(kind, language),
    holder?.name ?? invited,
    through?.name,
    actor?.name,
    resources.map(({ name }) => name).join('; '),
    scopes.map(({ verb, object }) => `${verb} ${object}`.trim()).join('; '),
    until,
    reference,
  ];
  return `${cells.map((text = '') => cell(text)).join(',')}\r\n`;
}
