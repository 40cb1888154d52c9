import { readFileSync } from 'node:fs';
import { Connection } from '../connection.js';
import { ClaimsVisit } from '../print-shop/claims-visit.js';
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
  /** The print shop: how it signs customers in or sends them to say who they are, its requests, and its UMA client. */
  shop: {
    home: string;
    signIn: CustomerSignIn;
    claims: ClaimsVisit;
    send: Send;
    uma: UmaClient;
    partner: PartnerSignIn;
  };
  /** His browser visits `server` alone. */
  bob: { browser: StoryBrowser; server: string; password: string; passwordFile: string };
  /** Alice's app, its exchanges told. */
  alice: OwnerApp;
  /** Alice's app once more, for what is not part of the story. */
  backstage: OwnerApp;
  photos: PhotoServiceView;
}

/** Lets the story act with the same keys as the demo's programs; all that it does goes over HTTP. */
export function assemble(settings: DemoSettings, narrator: Narrator): Cast {
  const { files } = settings;
  const ownerApp = (by: Send) =>
    new OwnerApp({
      issuer: settings.server,
      clientId: 'owner-app',
      secret: secretIn(files.secret('owner-app')),
      connection: new Connection(files.connection('owner-app')),
      send: by,
    });
  return {
    narrator,
    shop: shopOf(settings, narrator),
    bob: {
      browser: new StoryBrowser(settings.server, toldFetch(narrator, settings, 'bob’s browser')),
      server: settings.server,
      password: secretIn(files.password('bob')),
      passwordFile: files.password('bob'),
    },
    alice: ownerApp(toldSend(narrator, settings, 'alice’s app')),
    backstage: ownerApp(send),
    photos: new PhotoServiceView({
      url: settings.photos,
      ownerKey: secretIn(files.ownerKey),
      narrator,
      aliceSend: toldSend(narrator, settings, 'alice'),
    }),
  };
}

function shopOf(settings: DemoSettings, narrator: Narrator): Cast['shop'] {
  const { files, server, shop, partner } = settings;
  const send = toldSend(narrator, settings, 'print shop');
  const issuer = server;
  const clientId = 'print-shop';
  const secret = secretIn(files.secret(clientId));
  return {
    home: `${shop}/`,
    signIn: new CustomerSignIn({
      issuer,
      clientId,
      secret,
      callback: `${shop}/callback`,
      home: `${shop}/`,
      fetch: toldFetch(narrator, settings, 'print shop'),
    }),
    claims: new ClaimsVisit({ issuer, clientId, returnTo: `${shop}/claims` }),
    send,
    uma: new UmaClient({ clientId, secret, issuer, send }),
    partner: new PartnerSignIn({ issuer: partner, apiKey: secretIn(files.partnerApiKey), send }),
  };
}

function secretIn(path: string): string {
  return readFileSync(path, 'utf8').trim();
}
