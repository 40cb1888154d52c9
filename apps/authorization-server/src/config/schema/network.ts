import { isIP } from 'node:net';
import { z } from 'zod';

const BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** An IP address, or a network as address/length (RFC 4632). */
export function network(): z.ZodString {
  return z
    .string()
    .superRefine((value, context) => {
      const message = networkProblem(value);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .meta({ valueType: 'address or network' });
}

/** What is wrong with it, or `undefined`. */
function networkProblem(value: string): string | undefined {
  const [address = '', length, ...rest] = value.split('/');
  // A zone (`fe80::1%eth0`) has a meaning on one machine only.
  const bits = address.includes('%') ? undefined : BITS[isIP(address)];
  if (bits === undefined || rest.length > 0) return 'must be an IP address or a network such as 10.0.0.0/8 or fd00::/8';
  if (length === undefined) return undefined;
  if (/^0+$/.test(length)) return 'must not be every address: anybody could name any address then';
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits
    ? undefined
    : `must have a length from 1 to ${String(bits)} behind the slash`;
}
