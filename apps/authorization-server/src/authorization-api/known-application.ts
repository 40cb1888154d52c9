import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { ApplicationCard } from '../pages/kit/parts.js';
import type { StartingPlace } from '../pages/views/result.view.js';

/** A client as a person is told about it who is to decide: the operator's own are checked, of a stranger nobody knows anything. */
export function applicationOf(client: Client): ApplicationCard {
  const host = hostOf(client);
  return {
    name: client.name,
    verified: client.metadata.vouchedBy === 'operator',
    unknown: isStranger(client),
    ...(client.publisher !== null && { publisher: client.publisher }),
    ...(host !== undefined && { host }),
  };
}

/** Where somebody begins anew whom it asked something: at its home page, where the operator vouches for that. */
export function startingPlaceOf(client: Client): StartingPlace {
  const home = vouchedHomeOf(client);
  return { name: client.name, ...(home?.protocol === 'https:' && { url: home.href }) };
}

function vouchedHomeOf({ metadata: { clientUri, vouchedBy } }: Client): URL | undefined {
  return vouchedBy === 'operator' && clientUri !== null && URL.canParse(clientUri) ? new URL(clientUri) : undefined;
}

/**
 * Where it is at home: its home page by the operator's word. What a client says of itself might be anybody's home (attack classes 212, 238),
 * and the one host that all its return addresses have is where people do go.
 */
function hostOf(client: Client): string | undefined {
  const home = vouchedHomeOf(client);
  if (home) return home.host;
  const { redirectUris } = client.metadata;
  const hosts = new Set(redirectUris.map((uri) => (URL.canParse(uri) ? httpsHostOf(new URL(uri)) : undefined)));
  const [host, ...others] = hosts;
  return others.length === 0 ? host : undefined;
}

/** A loopback address or a scheme of an application is nobody's home. */
function httpsHostOf({ protocol, host }: URL): string | undefined {
  return protocol === 'https:' ? host : undefined;
}
