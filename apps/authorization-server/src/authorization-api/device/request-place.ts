import { BlockList, isIP } from 'node:net';
import { networkOf } from '@valetkey/accounts';
import type { NetworkWords, RequestPlace } from '../../pages/views/device-confirm.view.js';

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, prefix);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
const SAME_MACHINE = new BlockList();
SAME_MACHINE.addSubnet('127.0.0.0', 8);
SAME_MACHINE.addAddress('::1', 'ipv6');

/** The network of an address, as far as an address alone tells of a place; `undefined` for what is no address. */
export function networkWordsOf(address: string): NetworkWords | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 0) return undefined;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (SAME_MACHINE.check(plain, family)) return { kind: 'this_machine' };
  return { kind: PRIVATE.check(plain, family) ? 'private' : 'internet', begins: beginningOf(networkOf(plain)) };
}

/** Where a request seems to come from. */
export interface SeenAddress {
  readonly address: string;
  /** A proxy that is not configured may have passed it on. */
  readonly isForwarded?: boolean;
}

/** What two addresses tell; whether the account knows the other network is for somebody else to say. */
export type ComparedPlaces = Exclude<RequestPlace, { kind: 'elsewhere' }> | Omit<KnownPlace, 'isKnown'>;
type KnownPlace = Extract<RequestPlace, { kind: 'elsewhere' }>;

/**
 * Compares where a request and a person are. Behind a proxy that is not configured, and on the machine of the service, everybody has
 * one address: that two are equal says nothing then. A device cannot make a difference milder by claiming that it was forwarded.
 * @param there - of the request
 * @param here - of the person's browser, which sends no such header by itself
 */
export function placeBetween(there: SeenAddress, here: SeenAddress): ComparedPlaces {
  const [theirs, own] = [networkWordsOf(there.address), networkWordsOf(here.address)];
  if (!theirs || !own || here.isForwarded) return { kind: 'unknown' };
  if (theirs.kind === 'this_machine' && own.kind === 'this_machine') return { kind: 'unknown' };
  if (networkOf(there.address) !== networkOf(here.address)) return { kind: 'elsewhere', there: theirs, here: own };
  return { kind: there.isForwarded ? 'unknown' : 'here' };
}

/** `203.0.113.…` of `203.0.113.0/24`, `2001:db8:0:100:…` of `2001:db8:0:100::/56`: what is the same for all of the network. */
function beginningOf(network: string): string {
  return network.replace(/(\.0|::)\/\d+$/, (_all, end: string) => (end === '::' ? ':…' : '.…'));
}
