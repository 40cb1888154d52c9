import { z } from 'zod';

import { ownIssuerProblem } from './url-checks.js';
import { count, filePath, issuerIdentifier, listenHost } from './values.js';

export const issuerSchema = issuerIdentifier(ownIssuerProblem).meta({
  description:
    'Address under which clients, resource servers and people reach this server; part of every token. ' +
    'https, or http on a loopback host; may have a path; no query, no fragment, no slash at the end. Passkeys need a host with a ' +
    'name: at an IP address people are offered none.',
});

export const listenSchema = z.strictObject({
  host: listenHost().prefault('127.0.0.1').meta({
    description: 'Host name or address to listen on; 0.0.0.0 or :: for all interfaces.',
  }),
  port: count(1, 65535).prefault(8080).meta({ description: 'TCP port to listen on.' }),
});

export const dataDirectorySchema = filePath().prefault('./data').meta({
  description: 'Folder for what the server keeps on disk. Relative to the folder of this file, as every path in it.',
});
