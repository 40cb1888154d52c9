import type { Messages } from '../messages/messages.js';
import type { Html, HtmlValue } from './html.js';
import { attribute, html } from './html.js';
import { ICON } from './icons.js';
import type { FormTarget } from './page-view.js';

/** A form of ours: posts to this server with its hidden fields. The browser's own checks are off, ours say what is wrong. */
export function form({ action, hidden }: FormTarget, content: Html): Html {
  return html`<form class="stack" method="post" action="${action}" novalidate>${hiddenFields(hidden)}${content}</form>`;
}

export function hiddenFields(hidden: Readonly<Record<string, string>>): readonly Html[] {
  return Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

/** Id of the box that says what is wrong. */
const PROBLEM = 'problem';

/** A field of one line. */
export interface TextField {
  readonly name: string;
  readonly label: HtmlValue;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'date';
  /** The purpose, as browsers and password managers know it (WCAG 1.3.5). */
  readonly autocomplete?: string;
  readonly help?: HtmlValue;
  readonly value?: string | undefined;
  /** What is wrong with it, shown beside it; the field is marked and described by it. */
  readonly problem?: HtmlValue;
  /** The {@link problemBox} says what is wrong; the field is marked and described by that. */
  readonly isWrong?: boolean;
  readonly focus?: boolean;
  readonly required?: boolean;
  /** A code to be read and typed sign by sign. */
  readonly code?: 'digits' | 'letters';
  readonly longest?: number;
}

export function textField(field: TextField): Html {
  const { name, help, problem } = field;
  return html`<div class="field">
    <label class="label" for="${name}">${field.label}</label>
    ${help && html`<p class="help" id="${name}-help">${help}</p>`}
    ${problem && html`<p class="wrong" id="${name}-wrong">${problem}</p>`} ${inputOf(field)}
  </div>`;
}

const CODE_INPUT = {
  digits: { look: 'input code', inputmode: 'numeric', capitals: 'none' },
  letters: { look: 'input code', inputmode: undefined, capitals: 'characters' },
  none: { look: 'input', inputmode: undefined, capitals: 'none' },
} as const;

function inputOf(field: TextField): Html {
  const { name, type = 'text', autocomplete = 'off', longest = 1000, required = true } = field;
  const { look, inputmode, capitals } = CODE_INPUT[field.code ?? 'none'];
  return html`<input
    class="${look}"
    id="${name}"
    name="${name}"
    type="${type}"
    maxlength="${longest}"
    autocomplete="${autocomplete}"
    spellcheck="false"
    autocapitalize="${capitals}"
    ${attribute('inputmode', inputmode)}
    ${attribute('value', field.value)}
    ${attribute('required', required)}
    ${attribute('autofocus', field.focus)}
    ${attribute('aria-invalid', (field.isWrong ?? Boolean(field.problem)) && 'true')}
    ${attribute('aria-describedby', described(field))}
  />`;
}

/** Ids of what says more about a field; empty for nothing. */
function described({ name, help, problem, isWrong }: TextField): string {
  return [help && `${name}-help`, problem && `${name}-wrong`, isWrong && PROBLEM].filter(Boolean).join(' ');
}

/** A box to tick or, of several with one name, a button to choose. */
export interface Choice {
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly label: HtmlValue;
  readonly help?: HtmlValue;
}

/** A row that can be ticked anywhere. */
export function checkbox(choice: Choice): Html {
  return option('checkbox', choice);
}

/**
 * One choice among several under a question. @param problem - said beside it where a {@link problemBox} leads to its name: to the
 * first choice, since the group itself takes no focus
 */
export function radioGroup(question: string, choices: readonly Choice[], problem?: HtmlValue): Html {
  return html`<fieldset ${attribute('aria-describedby', problem ? PROBLEM : undefined)}>
    <legend class="section legend">${question}</legend>
    ${problem && html`<p class="wrong">${problem}</p>`}
    <div class="choices">
      ${choices.map((choice, index) => option('radio', choice, index === 0 ? choice.name : undefined))}
    </div>
  </fieldset>`;
}

function option(type: 'checkbox' | 'radio', { name, value, checked, label, help }: Choice, id?: string): Html {
  return html`<label class="choice"
    ><input
      class="tick"
      ${attribute('id', id)}
      type="${type}"
      name="${name}"
      value="${value}"
      ${attribute('checked', checked)}
    />
    <span class="facts">${label}${help && html`<span class="block quiet">${help}</span>`}</span></label
  >`;
}

/** A button that sends the form, with what it decides. */
export interface SubmitButton {
  readonly label: HtmlValue;
  readonly kind?: 'primary' | 'equal' | 'revoke' | 'plain';
  /** Sent with the form when this button is pressed. */
  readonly decision?: { readonly name: string; readonly value: string };
  readonly icon?: Html;
  /** Said instead of the label, which it must contain (WCAG 2.5.3). */
  readonly spoken?: string;
}

const BUTTON_CLASS = {
  primary: 'button primary',
  equal: 'button',
  revoke: 'button revoke fit',
  plain: 'plain',
} as const;

export function submitButton({ label, kind = 'primary', decision, icon, spoken }: SubmitButton): Html {
  return html`<button
    class="${BUTTON_CLASS[kind]}"
    type="submit"
    ${attribute('name', decision?.name)}
    ${attribute('value', decision?.value)}
    ${attribute('aria-label', spoken)}
  >
    ${icon}<span>${label}</span>
  </button>`;
}

/** Two answers of equal cost, side by side or stacked in this order: the careful one first. */
export function equalButtons(careful: SubmitButton, other: SubmitButton): Html {
  return html`<div class="pair">
    ${submitButton({ ...careful, kind: 'equal' })} ${submitButton({ ...other, kind: 'equal' })}
  </div>`;
}

/**
 * What is wrong with a form, first on the page and the same on all of them: it takes the focus, and leads to the field where
 * there is one, beside which the same is said.
 */
export function problemBox(messages: Messages, problem: HtmlValue, field?: string): Html {
  const text = field === undefined ? problem : html`<a class="link" href="${`#${field}`}">${problem}</a>`;
  return html`<div class="box bad" role="alert" id="${PROBLEM}" tabindex="-1" ${attribute('autofocus', true)}>
    ${ICON.warning}
    <div class="tight">
      <p class="strong">${messages.frame.problem}</p>
      <p>${text}</p>
    </div>
  </div>`;
}
