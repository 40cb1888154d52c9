import { Controller, Get, Header } from '@nestjs/common';
import { html, page, PAGE_HEADERS } from '../page.js';
import { AlbumStore } from './album.store.js';

@Controller()
export class IndexController {
  constructor(private readonly albums: AlbumStore) {}

  @Get()
  @Header('content-type', PAGE_HEADERS['content-type'])
  @Header('content-security-policy', PAGE_HEADERS['content-security-policy'])
  index(): string {
    const albums = this.albums
      .all()
      .map(
        ({ id, title, photos }) =>
          html`<li>
            <b>${title}</b>:
            ${photos.map((photo, index) => html`<a href="/albums/${id}/photos/${index + 1}">${photo}</a> `)}
          </li>`,
      );
    return page(
      'Photo service',
      html`<p>
          Alice keeps her albums here. This service does not decide who may see them: her authorization server does.
          Open a photo and you get <code>401</code> with a <code>WWW-Authenticate: UMA</code> header that says whom to
          ask.
        </p>
        <ul>
          ${albums}
        </ul>
        <p>
          The <code>@Protected</code> lines of <code>apps/demo/src/photo-service/photos.controller.ts</code> are all it
          takes.
        </p>`,
    );
  }

  @Get('health')
  health() {
    return { status: 'ok' };
  }
}
