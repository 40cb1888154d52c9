import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { demoSettings } from '../settings.js';
import { AlbumRegistration } from './album-registration.js';
import { type Album, AlbumStore } from './album.store.js';
import { ExchangeLog } from './exchange-log.js';
import { OwnerGuard } from './owner.guard.js';

/** What alice herself does at the photo service, and the list of her albums. */
@Controller()
export class AlbumsController {
  constructor(
    private readonly albums: AlbumStore,
    private readonly registration: AlbumRegistration,
    private readonly exchanges: ExchangeLog,
  ) {}

  /** Titles are public in this demo, so that there is something to ask for; the photos are not. */
  @Get('albums')
  list() {
    return this.albums.all().map(described);
  }

  @Post('albums')
  @UseGuards(OwnerGuard)
  async create(@Body() body: unknown) {
    const title = typeof body === 'object' && body !== null && 'title' in body ? body.title : undefined;
    if (typeof title !== 'string' || title === '' || title.length > 100) {
      throw new BadRequestException({
        error: 'invalid_request',
        error_description: 'Give a title of 1 to 100 letters.',
      });
    }
    const album = this.albums.add(title);
    if (!album) throw new ServiceUnavailableException({ error: 'full', error_description: 'Delete an album first.' });
    return described(await this.registration.register(album));
  }

  @Delete('albums/:album')
  @HttpCode(204)
  @UseGuards(OwnerGuard)
  async remove(@Param('album') id: string): Promise<void> {
    const album = this.albums.find(id);
    if (!album) throw new NotFoundException({ error: 'not_found', error_description: 'No such album.' });
    await this.registration.remove(album);
  }

  /** What the photo service and the authorization server said to each other, for the story. */
  @Get('exchanges')
  @UseGuards(OwnerGuard)
  said(@Query('after') after = '0') {
    return { latest_pat: this.exchanges.latestPat, items: this.exchanges.after(Number(after)) };
  }
}

function described(album: Album) {
  const url = `${demoSettings().photos}/albums/${album.id}`;
  return {
    id: album.id,
    title: album.title,
    resource_id: album.resourceId,
    photos: album.photos.map((title, index) => ({ title, url: `${url}/photos/${index + 1}` })),
    prints_url: `${url}/prints`,
  };
}
