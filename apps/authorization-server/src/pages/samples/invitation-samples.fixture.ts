import { nameText, plain } from '@valetkey/wording';
import { invitationView, ownInvitationView } from '../views/invitation.view.js';
import type { Sample } from './names.fixture.js';
import { FORM, NAMES } from './names.fixture.js';

const invitation = {
  ...{ form: FORM, account: 'maya', another: FORM, owner: 'Anna Berger', address: 'maya.meyer@friends.example' },
};
const offered = (owner: string, album: string) => [
  ...[plain('You can see the photos in '), nameText(album), plain(', shared by '), nameText(owner)],
  plain(', until Sun 29 Nov 2026 (in 7 days).'),
];

/** Pages on which somebody answers an invitation. */
export const invitationSamples: readonly Sample[] = [
  {
    name: 'invitation',
    view: (messages) =>
      invitationView(
        { ...invitation, offered: [offered('Anna Berger', 'Summer')], note: 'From our walk along the coast.' },
        messages,
      ),
  },
  {
    name: 'invitation-changed',
    view: (messages) =>
      invitationView(
        {
          ...invitation,
          ...{ owner: NAMES.long, note: NAMES.markup, isChanged: true },
          offered: [offered(NAMES.long, NAMES.rightToLeft), offered(NAMES.long, NAMES.turning)],
        },
        messages,
      ),
  },
  {
    name: 'invitation-own',
    view: (messages) =>
      ownInvitationView(
        {
          ...{ account: 'anna', another: FORM, address: invitation.address },
          wayOn: { label: messages.invitation.toAccess, url: '/console/access' },
        },
        messages,
      ),
  },
];
