import { type DynamicModule, Module } from '@nestjs/common';
import {
  AuthorizationServer,
  clientSecretBasic,
  ProtectionClient,
  UmaProtection,
  UmaSettings,
} from '@valetkey/resource-server';
import type { Connection } from '../connection.js';
import { AlbumRegistration } from './album-registration.js';
import { AlbumStore } from './album.store.js';
import { AlbumsController } from './albums.controller.js';
import { ExchangeLog } from './exchange-log.js';
import { IndexController } from './index.controller.js';
import { OWNER_KEY } from './owner.guard.js';
import { PhotosController } from './photos.controller.js';

export interface PhotoServiceOptions {
  issuer: string;
  clientSecret: string;
  connection: Connection;
  albumFile: string;
  ownerKey: string;
}

/** How long alice's "no" may take to be felt here: answers about tokens are used again for so long. */
const INTROSPECTION_CACHE_MS = 1_000;

@Module({})
export class PhotoServiceModule {
  static with(options: PhotoServiceOptions): DynamicModule {
    const albums = new AlbumStore(options.albumFile);
    const exchanges = new ExchangeLog();
    const alice = alicesClient(options, exchanges);
    const uma: UmaSettings = {
      protection: new UmaProtection('photos'),
      find: (name) => {
        const id = albums.find(name)?.resourceId;
        return id === undefined ? undefined : { id, owner: alice };
      },
    };
    return {
      module: PhotoServiceModule,
      controllers: [IndexController, AlbumsController, PhotosController],
      providers: [
        { provide: AlbumStore, useValue: albums },
        { provide: ExchangeLog, useValue: exchanges },
        { provide: AlbumRegistration, useValue: new AlbumRegistration(albums, alice) },
        { provide: UmaSettings, useValue: uma },
        { provide: OWNER_KEY, useValue: options.ownerKey },
      ],
    };
  }
}

function alicesClient(options: PhotoServiceOptions, exchanges: ExchangeLog): ProtectionClient {
  const server = new AuthorizationServer({
    issuer: options.issuer,
    authentication: clientSecretBasic('photo-service', options.clientSecret),
    onExchange: exchanges.record,
  });
  const { connection } = options;
  return new ProtectionClient(server, {
    owner: { refreshToken: connection.refreshToken, save: (next) => connection.save(next) },
    cacheMs: INTROSPECTION_CACHE_MS,
  });
}
