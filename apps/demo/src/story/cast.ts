import { readFileSync } from 'node:fs';
import { Connection } from '../connection.js';
import { CustomerSignIn } from '../print-shop/customer-sign-in.js';
import { send, type Send } from '../print-shop/http.js';
import { PartnerSignIn } from '../print-shop/partner-sign-in.js';
import { UmaClient } from '../print-shop/uma-client.js';
import type { DemoSettings } from '../settings.js';
import type { Narrator } from './narrator.js';
import { OwnerApp } from './owner-app.js';
import { PhotoServiceView } from './photo-service-view.js';
import { StoryBrowser } from './story-browser.js';
import { toldFetch, toldSend } from './told-send.js';

/** Everybody who acts in the story. */
export interface Cast {
  narrator: Narrator;
  /** The print shop: how it signs customers in, its requests to the photo service, and its UMA client. */
  shop: { home: string; signIn: CustomerSignIn; send: Send; uma: UmaClient; partner: PartnerSignIn };
  bob: { browser: StoryBrowser; password: string; passwordFile: string };
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
      home: `${settings.shop}/`,
      signIn: new CustomerSignIn({
        issuer: settings.server,
        clientId: 'print-shop',
        secret: secret(files.secret('print-shop')),
        callback: `${settings.shop}/callback`,
        home: `${settings.shop}/`,
        fetch: toldFetch(narrator, settings, 'print shop'),
      }),
      send: shopSend,
      uma: new UmaClient({
        clientId: 'print-shop',
        secret: secret(files.secret('print-shop')),
        issuer: settings.server,
        send: shopSend,
      }),
      partner: new PartnerSignIn({ issuer: settings.partner, apiKey: secret(files.partnerApiKey), send: shopSend }),
    },
    bob: {
      browser: new StoryBrowser(settings.server, toldFetch(narrator, settings, 'bob’s browser')),
      password: secret(files.password('bob')),
      passwordFile: files.password('bob'),
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
