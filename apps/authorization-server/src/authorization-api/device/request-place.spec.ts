import { networkWordsOf, placeBetween } from './request-place.js';

describe('A7 a network in words', () => {
  it.each([
    ['203.0.113.9', { kind: 'internet', begins: '203.0.113.…' }],
    ['::ffff:203.0.113.9', { kind: 'internet', begins: '203.0.113.…' }],
    ['2001:db8:0:1ff::7', { kind: 'internet', begins: '2001:db8:0:100:…' }],
    ['192.168.4.20', { kind: 'private', begins: '192.168.4.…' }],
    ['172.31.0.1', { kind: 'private', begins: '172.31.0.…' }],
    ['172.32.0.1', { kind: 'internet', begins: '172.32.0.…' }],
    ['fd12:3456:789a:1::1', { kind: 'private', begins: 'fd12:3456:789a:0:…' }],
    ['fe80::1%eth0', { kind: 'private', begins: 'fe80:0:0:0:…' }],
    ['127.0.0.1', { kind: 'this_machine' }],
    ['::1', { kind: 'this_machine' }],
    ['', undefined],
    ['<b>', undefined],
  ])('%s', (address, words) => {
    expect(networkWordsOf(address)).toEqual(words);
  });
});

describe('A7 where a request comes from, seen from a person', () => {
  const [home, neighbour, other] = [
    { address: '203.0.113.9' },
    { address: '203.0.113.77' },
    { address: '198.51.100.7' },
  ];
  const forwarded = (place: { address: string }) => ({ ...place, isForwarded: true });
  const machine = { address: '127.0.0.1' };
  it.each([
    ['one network', neighbour, home, 'here'],
    ['another one', other, home, 'elsewhere'],
    ['no address', { address: '' }, home, 'unknown'],
    ['both on the machine of the service', machine, machine, 'unknown'],
    ['both there, by two of its names', { address: '::1' }, { address: '127.0.0.2' }, 'unknown'],
    ['one of them there', machine, home, 'elsewhere'],
    ['both by a proxy that is not configured', forwarded(home), forwarded(home), 'unknown'],
    ['the person alone by one', other, forwarded(home), 'unknown'],
    ['the request alone by one in her network', forwarded(neighbour), home, 'unknown'],
    ['another one, whatever the request claims', forwarded(other), home, 'elsewhere'],
  ])('%s', (_what, there, here, kind) => {
    expect(placeBetween(there, here)).toMatchObject({ kind });
  });
});
