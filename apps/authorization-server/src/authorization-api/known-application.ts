import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { ApplicationCard } from '../pages/kit/parts.js';

/** A client as a person is told about it who is to decide: the operator's own are checked, of a stranger nobody knows anything. */
export function applicationOf(client: Client): ApplicationCard {
  return {
    name: client.name,
    verified: client.metadata.vouchedBy === 'operator',
    unknown: isStranger(client),
    ...(client.publisher !== null && { publisher: client.publisher }),
  };
}
