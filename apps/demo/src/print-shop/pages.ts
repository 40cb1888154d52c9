import { html, type Html, page } from '../page.js';
import { isOpen, type OrderContent } from './photo-order.js';

/** What the photo service lists. */
export interface ListedAlbum {
  title: string;
  photos: { title: string; url: string }[];
}

export function indexPage(customer: string, albums: readonly ListedAlbum[]): string {
  const options = albums.map(
    ({ title, photos }) =>
      html`<optgroup label="${title}">
        ${photos.map((photo) => html`<option value="${photo.url}">${photo.title}</option>`)}
      </optgroup>`,
  );
  return page(
    'Print shop',
    html`<p>
        You are <b>${customer}</b>, signed in through the Example partner. This shop prints photos that others keep at
        the photo service, if their owner lets it.
      </p>
      <form method="post" action="/orders">
        <label
          >Photo of alice
          <select name="photo">
            ${options}
          </select></label
        >
        <button>Ask for it</button>
      </form>`,
  );
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
