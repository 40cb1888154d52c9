import type { Html } from './html.js';
import type { PageScript } from './page-script.js';

/** A page as a view makes it: pure, without a word about HTTP. */
export interface PageView {
  /** What the page is or what came out, in plain text; the frame adds the product's name. */
  readonly title: string;
  /** The content of `main`, with one `h1`. */
  readonly body: Html;
  /** A convenience for browsers with scripts; the page must work without it. */
  readonly script?: PageScript;
}

/** Where a form goes, and what it carries unseen. */
export interface FormTarget {
  /** A path of this server. */
  readonly action: string;
  /** Hidden fields by name: at least `csrf`, from BrowserBinding. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** A way to another page. */
export interface PageLink {
  readonly label: string;
  readonly url: string;
}
