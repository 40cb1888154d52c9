import { DEMO_ACCOUNTS } from '../accounts.js';
import { readPrivateFile } from '../private-file.js';
import type { DemoSettings } from '../settings.js';
import { tryNext } from '../try-next.js';

/** What somebody who has just started the demo wants to know. */
export function banner(settings: DemoSettings): string {
  const { server, photos, shop, partner, files } = settings;
  return `
  Valetkey demo is running. Stop it with Ctrl-C; a second start keeps all data.

    authorization server  ${server}     alice decides here
      alice's console     ${server}/console/
      oscar's console     ${server}/operator/
      its interface       ${server}/docs
      its metadata        ${server}/.well-known/uma2-configuration
    photo service         ${photos}     keeps alice's albums, protected by UMA
    print shop            ${shop}     would like to have a photo, for bob
    partner               ${partner}     knows bob and carol, and vouches for them

    demo accounts         name and first password, made for this folder
${accounts(settings)}
    data                  ${files.folder}

${tryNext(settings)}`;
}

function accounts({ files }: DemoSettings): string {
  return DEMO_ACCOUNTS.map(({ username, part }) => {
    const password = readPrivateFile(files.password(username)) ?? '';
    return `      ${username.padEnd(20)}${password}       ${part}`;
  }).join('\n');
}
