import { readFileSync } from 'node:fs';
import { Connection } from '../connection.js';
import { send, type Send } from '../print-shop/http.js';
import { PartnerSignIn } from '../print-shop/partner-sign-in.js';
import { UmaClient } from '../print-shop/uma-client.js';
import type { DemoSettings } from '../settings.js';
import type { Narrator } from './narrator.js';
import { OwnerApp } from './owner-app.js';
import { PhotoServiceView } from './photo-service-view.js';
import { toldSend } from './told-send.js';

/** Everybody who acts in the story. */
export interface Cast {
  narrator: Narrator;
  /** The print shop: its requests to the photo service, and its UMA client. */
  shop: { send: Send; uma: UmaClient; partner: PartnerSignIn };
  /** Alice's app, its exchanges told. */
  alice: OwnerApp;
  /** Alice's app once more, for what is not part of the story. */
  backstage: OwnerApp;
  photos: PhotoServiceView;
}

/** Lets the story act with the same keys as the demo's programs; all that it does goes over HTTP. */
export function assemble(settings: DemoSettings, narrator: Narrator): Cast {
  const { files } = settings;
  const secret = (path: string) => readFileSync(path, 'utf8').trim();
  const shopSend = toldSend(narrator, settings, 'print shop');
  const ownerApp = (by: Send) =>
    new OwnerApp({
      issuer: settings.server,
      clientId: 'owner-app',
      secret: secret(files.secret('owner-app')),
      connection: new Connection(files.connection('owner-app')),
      send: by,
    });
  return {
    narrator,
    shop: {
      send: shopSend,
      uma: new UmaClient({
        clientId: 'print-shop',
        secret: secret(files.secret('print-shop')),
        issuer: settings.server,
        send: shopSend,
      }),
      partner: new PartnerSignIn({ issuer: settings.partner, apiKey: secret(files.partnerApiKey), send: shopSend }),
    },
    alice: ownerApp(toldSend(narrator, settings, 'alice’s app')),
    backstage: ownerApp(send),
    photos: new PhotoServiceView({
      url: settings.photos,
      ownerKey: secret(files.ownerKey),
      narrator,
      aliceSend: toldSend(narrator, settings, 'alice'),
    }),
  };
}
