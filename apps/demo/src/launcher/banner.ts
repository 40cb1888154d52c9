import type { DemoSettings } from '../settings.js';

/** What somebody who has just started the demo wants to know. */
export function banner({ server, photos, shop, partner, files }: DemoSettings): string {
  return `
  Valetkey demo is running. Stop it with Ctrl-C; a second start keeps all data.

    authorization server  ${server}
      its interface       ${server}/docs
      its metadata        ${server}/.well-known/uma2-configuration
    photo service         ${photos}     alice's albums, protected by UMA
    print shop            ${shop}     would like to have a photo
    partner               ${partner}     knows bob and carol

    demo accounts         alice (owns the photos), bob and carol (known to the partner)
    data                  ${files.folder}

  Try next, in another terminal:
    npm run demo              the whole story, each HTTP exchange shown and explained
    npm run demo -- approve   alice says yes to what you asked for at the print shop
`;
}
