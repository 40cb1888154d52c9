import { AddressRules } from './address-rules.js';

const FORBIDDEN = [
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.0.1',
  '198.19.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00::1',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
];

describe('addresses that may be called', () => {
  it.each(FORBIDDEN)('195 %s is not the public internet', (address) => {
    expect(new AddressRules([]).isCallable(address)).toBe(false);
  });

  it.each(['', 'localhost', '127.1', '0x7f.1', '2130706433', '0177.0.0.1', '١٢٧.0.0.1', '8.8.8.8 '])(
    '195 "%s" is no address at all',
    (address) => {
      expect(new AddressRules(['127.0.0.0/8']).isCallable(address)).toBe(false);
    },
  );

  it.each(['8.8.8.8', '192.0.1.1', '2606:4700::1', '2a00:1450::1'])('%s is', (address) => {
    expect(new AddressRules([]).isCallable(address)).toBe(true);
  });

  it('what the operator allows is callable, and its neighbours are not', () => {
    const rules = new AddressRules(['10.1.0.0/16', 'fd00::5']);
    expect(['10.1.2.3', 'fd00::5'].map((address) => rules.isCallable(address))).toEqual([true, true]);
    expect(['10.2.0.1', 'fd00::6', '127.0.0.1'].some((address) => rules.isCallable(address))).toBe(false);
  });
});
