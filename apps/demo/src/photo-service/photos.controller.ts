import { Body, Controller, Get, Header, HttpCode, NotFoundException, Param, Post, Req } from '@nestjs/common';
import { grantedToken, Protected } from '@valetkey/resource-server';
import type { FastifyRequest } from 'fastify';
import { type Album, AlbumStore } from './album.store.js';
import { picture, PICTURE_HEADERS } from './picture.js';

const album = (request: { params: { album: string } }) => request.params.album;

/** What others may do with alice's albums, if she lets them: this is the part that UMA protects. */
@Controller('albums/:album')
export class PhotosController {
  constructor(private readonly albums: AlbumStore) {}

  @Get('photos/:photo')
  @Protected({ resource: album, scopes: ['view'] })
  @Header('content-type', PICTURE_HEADERS['content-type'])
  @Header('content-security-policy', PICTURE_HEADERS['content-security-policy'])
  @Header('x-content-type-options', PICTURE_HEADERS['x-content-type-options'])
  @Header('cache-control', PICTURE_HEADERS['cache-control'])
  photo(@Param('album') id: string, @Param('photo') photo: string): string {
    return picture(this.photoTitle(id, photo));
  }

  @Post('prints')
  @HttpCode(201)
  @Protected({ resource: album, scopes: ['print'] })
  print(@Param('album') id: string, @Body() order: unknown, @Req() request: FastifyRequest) {
    const photo = typeof order === 'object' && order !== null && 'photo' in order ? String(order.photo) : '';
    return { printed: this.photoTitle(id, photo), for_client: grantedToken(request)?.clientId };
  }

  private photoTitle(id: string, photo: string): string {
    const title = this.album(id).photos[Number(photo) - 1];
    if (title === undefined) throw new NotFoundException({ error: 'not_found', error_description: 'No such photo.' });
    return title;
  }

  private album(id: string): Album {
    const found = this.albums.find(id);
    if (!found) throw new NotFoundException({ error: 'not_found', error_description: 'No such album.' });
    return found;
  }
}
