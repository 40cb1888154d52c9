import { html, page } from '../page.js';
import type { PhotoOrder } from './photo-order.js';

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

const STILL_RUNNING = new Set(['asking', 'waiting for the owner']);

export function orderPage(number: number, order: PhotoOrder): string {
  const steps = order.steps.map((step) => html`<li>${step}</li>`);
  const waiting = html`<p>
    Answer for alice, in the terminal: <code>npm run demo -- approve</code> (or <code>deny</code>). This page looks
    again by itself.
  </p>`;
  const photo = html`<p>
    <img src="/orders/${number}/photo" alt="The photo that was ordered" width="640" height="400" />
  </p>`;
  return page(
    `Order ${number}: ${order.state}`,
    html`<ol>
        ${steps}
      </ol>
      ${order.state === 'waiting for the owner' ? waiting : ''} ${order.photo === undefined ? '' : photo}
      <p><a href="/">Back to the shop</a></p>`,
    STILL_RUNNING.has(order.state) ? 1 : undefined,
  );
}
