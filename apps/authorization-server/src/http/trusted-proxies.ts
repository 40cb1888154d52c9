import { BlockList, isIPv4 } from 'node:net';

/**
 * Tells whether a connection is one of a reverse proxy that is configured.
 * @param networks - addresses and networks as `http.trusted_proxies` lists them
 * @returns false, too, for an address that is not known any more because the connection has ended
 */
export function trustedProxies(networks: readonly string[]): (address: string | undefined) => boolean {
  // Asking a list costs an object for each address: mostly there is none.
  if (networks.length === 0) return () => false;
  const list = blockListOf(networks);
  return (address = '') => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    return plain !== '' && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
  };
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return list;
}
