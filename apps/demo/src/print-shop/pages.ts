import { html, type Html, page } from '../page.js';
import type { Customer } from './customer-sign-in.js';
import { isOpen, type OrderContent } from './photo-order.js';

/** What the photo service lists. */
export interface ListedAlbum {
  title: string;
  photos: { title: string; url: string }[];
}

export interface IndexContent {
  customer: Pick<Customer, 'name'>;
  albums: readonly ListedAlbum[];
  /** The customer's own, the newest first. */
  orders: readonly { number: number; order: OrderContent }[];
}

const SHOWN_ORDERS = 5;

/** For somebody whom the shop does not know yet. */
export function welcomePage(): string {
  return page(
    'Print shop',
    html`<p>This shop prints photos that others keep at the photo service, if their owner lets it.</p>
      ${SIGN_IN}`,
  );
}

export function signInFailedPage(why: string): string {
  return page(
    'This sign-in did not work',
    html`<p>The reason: ${why}.</p>
      ${SIGN_IN}`,
  );
}

const SIGN_IN = html`<form method="post" action="/sign-in"><button>Sign in</button></form>`;

export function indexPage({ customer, albums, orders }: IndexContent): string {
  return page(
    'Print shop',
    html`<p>You are signed in as <b>${customer.name}</b>. Which photo would you like to have printed?</p>
      ${orderForm(albums)} ${orders.length === 0 ? '' : orderList(orders)}
      <form method="post" action="/sign-out"><button>Sign out</button></form>`,
  );
}

/** What came of a visit at the server, where a customer said who she is. */
export function visitPage(outcome: string): string {
  return page(
    'You are back from the server',
    html`<p>${outcome}</p>
      <p><a href="/">Back to the shop</a></p>`,
  );
}

function orderForm(albums: readonly ListedAlbum[]): Html {
  const options = albums.map(
    ({ title, photos }) =>
      html`<optgroup label="${title}">
        ${photos.map((photo) => html`<option value="${photo.url}">${photo.title}</option>`)}
      </optgroup>`,
  );
  return html`<form method="post" action="/orders">
    <label
      >Photo of alice
      <select name="photo">
        ${options}
      </select></label
    >
    <div class="actions">
      <button>Ask for it</button>
      <button formaction="/claims">Ask, and say at the server who you are</button>
    </div>
  </form>`;
}

function orderList(orders: IndexContent['orders']): Html {
  const items = orders
    .slice(0, SHOWN_ORDERS)
    .map(({ number, order }) => html`<li><a href="/orders/${number}">Order ${number}</a>: ${order.state}</li>`);
  return html`<h2>Your orders</h2>
    <ul>
      ${items}
    </ul>`;
}

/** An order as its customer sees it. `typed` says how a command of the demo must be typed. */
export function orderPage(number: number, order: OrderContent, typed: (command: string) => string): string {
  const steps = order.steps.map((step) => html`<li>${step}</li>`);
  const photo = html`<p>
    <img src="/orders/${number}/photo" alt="The photo that was ordered" width="640" height="400" />
  </p>`;
  return page(
    `Order ${number}: ${order.state}`,
    html`<ol>
        ${steps}
      </ol>
      ${nextThing(order, typed)} ${order.photo === undefined ? '' : photo}
      <p><a href="/">Back to the shop</a></p>`,
    isOpen(order) ? 1 : undefined,
  );
}

/** What somebody who plays all the parts can do now. */
function nextThing({ state }: OrderContent, typed: (command: string) => string): Html {
  if (state === 'waiting for the owner')
    return html`<p>
      Answer for alice, in a terminal: <code>${typed('npm run demo -- approve')}</code> (or <code>deny</code>), or
      <code>${typed('npm run demo -- requests')}</code> for allowing less. This page looks again by itself.
    </p>`;
  if (state === 'refused')
    return html`<p>
      Her no answers the same question for a day. Ask for a photo of another album, or let her change her mind:
      <code>${typed('npm run demo -- requests')}</code> tells how.
    </p>`;
  return html``;
}
