import { join, resolve } from 'node:path';

/** Where the demo runs and where it keeps its things. */
export interface DemoSettings {
  /** Ports in the order server, photo service, print shop, partner; one after the other. */
  ports: { server: number; photos: number; shop: number; partner: number };
  /** Origins without a slash at the end; that of the server is also its issuer, that of the partner its own. */
  server: string;
  photos: string;
  shop: string;
  partner: string;
  files: DemoFiles;
  /**
   * A command of this project as somebody at a terminal must type it: with the demo's variables in front, where they
   * are set. Without them it would talk to a demo on the usual ports.
   */
  typed: (command: string) => string;
}

/** Everything that the demo keeps; all of it readable by its user alone. */
export interface DemoFiles {
  folder: string;
  config: string;
  /** Client secrets, made by the server at its first start, one file a client. */
  secret: (clientId: string) => string;
  /** What `connect` printed for alice and that client, with the newest refresh token. */
  connection: (clientId: string) => string;
  albums: string;
  /** The first password of a demo account, made at the first start. */
  password: (username: string) => string;
  /** Seals the print shop's cookies. */
  shopCookieKey: string;
  /** The print shop's orders, and what it remembers of its customers. */
  orders: string;
  /** Stands for alice's own sign-in at the photo service. */
  ownerKey: string;
  /** With it the print shop may ask the partner for ID tokens of its customers. */
  partnerApiKey: string;
  partnerPrivateKey: string;
  partnerJwks: string;
}

const DEFAULT_PORT = 8080;

/**
 * Reads `VALETKEY_DEMO_PORT` (the first of four ports, default 8080) and `VALETKEY_DEMO_DATA` (the folder). Other ports
 * have a folder of their own, since addresses are part of what is stored: tokens, policies and identities name them.
 */
export function demoSettings(env: NodeJS.ProcessEnv = process.env): DemoSettings {
  const port = Number(env['VALETKEY_DEMO_PORT'] ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_532) {
    throw new Error('VALETKEY_DEMO_PORT must be a port number from 1 to 65532');
  }
  const ports = { server: port, photos: port + 1, shop: port + 2, partner: port + 3 };
  const origin = (of: number) => `http://127.0.0.1:${of}`;
  return {
    ports,
    server: origin(ports.server),
    photos: origin(ports.photos),
    shop: origin(ports.shop),
    partner: origin(ports.partner),
    files: demoFiles(
      resolve(env['VALETKEY_DEMO_DATA'] ?? join('data', port === DEFAULT_PORT ? 'demo' : `demo-${port}`)),
    ),
    typed: (command) => [...assignments(env), command].join(' '),
  };
}

/** The demo's variables that are set, as a shell takes them in front of a command. */
function assignments(env: NodeJS.ProcessEnv): string[] {
  return ['VALETKEY_DEMO_PORT', 'VALETKEY_DEMO_DATA'].flatMap((name) => {
    const value = env[name];
    return value === undefined
      ? []
      : [`${name}=${/^[\w./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`];
  });
}

function demoFiles(folder: string): DemoFiles {
  return {
    folder,
    config: join(folder, 'valetkey.yaml'),
    secret: (clientId) => join(folder, 'secrets', clientId),
    connection: (clientId) => join(folder, `connection-${clientId}.json`),
    albums: join(folder, 'albums.json'),
    orders: join(folder, 'orders.json'),
    password: (username) => join(folder, 'secrets', `password-${username}`),
    shopCookieKey: join(folder, 'secrets', 'shop-cookie-key'),
    ownerKey: join(folder, 'secrets', 'owner-key'),
    partnerApiKey: join(folder, 'secrets', 'partner-api-key'),
    partnerPrivateKey: join(folder, 'secrets', 'partner-private-key.json'),
    partnerJwks: join(folder, 'partner.jwks.json'),
  };
}
