import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { locationOf } from '../support/person.js';
import { CALLBACK } from '../support/world.js';

const REGISTERED = [
  'https://shop.example/bye',
  'https://shop.example/bye?x=a%20b&y=%7e',
  'https://shop.example/bye?',
  'com.example.shop:/bye',
];
const SHOP = {
  client_id: 'leaving-shop',
  name: 'Leaving shop',
  type: 'public',
  application_type: 'native',
  grant_types: ['authorization_code'],
  redirect_uris: [CALLBACK],
  post_logout_redirect_uris: REGISTERED,
  scopes: ['openid'],
};

describeServer('RP-Initiated Logout §3: the address to return to', { clients: [SHOP] }, (server) => {
  const leave = async (address: string, state?: string) => {
    const parameters = { client_id: SHOP.client_id, post_logout_redirect_uri: address, ...(state && { state }) };
    const query = new URLSearchParams(parameters).toString();
    return locationOf(await new FormBrowser(server().issuer).open(`${server().issuer}/sign-out?${query}`));
  };

  it.each(REGISTERED)(
    'OC-07 attack class 2: stays as it was registered, letter by letter, and state is added: %s',
    async (address) => {
      expect((await leave(address)).href).toBe(address);
      const separator = address.endsWith('?') ? '' : address.includes('?') ? '&' : '?';
      expect((await leave(address, 'a&b c')).href).toBe(`${address}${separator}state=a%26b+c`);
    },
  );
});
