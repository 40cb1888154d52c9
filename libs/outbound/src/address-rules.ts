import { BlockList, isIP } from 'node:net';

type Network = readonly [address: string, length: number];

/** Networks of IPv4 that are not the public internet (RFC 6890 and its registry). */
const SPECIAL_IPV4: readonly Network[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** What lies inside the global unicast space of IPv6 and leads elsewhere: protocol assignments, documentation, 6to4. */
const SPECIAL_IPV6: readonly Network[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
/** Everything outside of it is not the public internet: loopback, mapped and translated IPv4, local addresses. */
const GLOBAL_UNICAST: Network = ['2000::', 3];

const FAMILY: Readonly<Record<number, 'ipv4' | 'ipv6'>> = { 4: 'ipv4', 6: 'ipv6' };
const BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

const special = blockList([...SPECIAL_IPV4, ...SPECIAL_IPV6]);
const global = blockList([GLOBAL_UNICAST]);

/** Decides by number, never by spelling, which addresses calls may go to (attack classes 194 and 195). */
export class AddressRules {
  private readonly allowed: BlockList;

  /** @param privateNetworks - addresses and networks (CIDR) outside the public internet that may be called all the same */
  constructor(privateNetworks: readonly string[]) {
    this.allowed = blockList(privateNetworks.map(parsed));
  }

  /** @param address - as a resolver gives it; anything that is no IP address is not callable */
  isCallable(address: string): boolean {
    const family = FAMILY[isIP(address)];
    if (family === undefined || address.includes('%')) return false;
    if (this.allowed.check(address, family)) return true;
    if (special.check(address, family)) return false;
    return family === 'ipv4' || global.check(address, 'ipv6');
  }
}

function parsed(network: string): Network {
  const [address = '', length] = network.split('/');
  return [address, length === undefined ? (BITS[isIP(address)] ?? 0) : Number(length)];
}

function blockList(networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const [address, length] of networks) list.addSubnet(address, length, FAMILY[isIP(address)]);
  return list;
}
