import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { ApplicationCard } from '../pages/kit/parts.js';

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

/**
 * Where it is at home: its home page by the operator's word. What a client says of itself might be anybody's home (attack classes 212, 238),
 * and the one host that all its return addresses have is where people do go.
 */
function hostOf({ metadata }: Client): string | undefined {
  const { clientUri, redirectUris, vouchedBy } = metadata;
  if (vouchedBy === 'operator' && clientUri !== null && URL.canParse(clientUri)) return new URL(clientUri).host;
  const hosts = new Set(redirectUris.map((uri) => (URL.canParse(uri) ? httpsHostOf(new URL(uri)) : undefined)));
  const [host, ...others] = hosts;
  return others.length === 0 ? host : undefined;
}

/** A loopback address or a scheme of an application is nobody's home. */
function httpsHostOf({ protocol, host }: URL): string | undefined {
  return protocol === 'https:' ? host : undefined;
}
