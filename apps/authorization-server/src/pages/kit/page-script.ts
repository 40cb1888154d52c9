import { hash } from 'node:crypto';

/** A fixed script within a page, allowed by the digest of its source; values reach it through the page, never by its text. */
export class PageScript {
  /** Source expression for `script-src` (CSP Level 3 section 2.3.1). */
  readonly sourceExpression: string;

  /**
   * @param reach - whether it may ask this server for something; nobody else in any case
   * @throws TypeError for a source that could end its element
   */
  constructor(
    readonly source: string,
    readonly reach: 'stays' | 'connects' = 'stays',
  ) {
    if (/<[/!s]/i.test(source)) throw new TypeError('A page script holds no markup.');
    this.sourceExpression = `'sha256-${hash('sha256', source, 'base64')}'`;
  }
}
