import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

import { freePort } from './free-port.mjs';

/** What the relay does from its next connection on. */
export interface RelayManner {
  /** What it shows of itself, PEM. */
  readonly certificate: { readonly cert: string; readonly key: string };
  readonly offersStartTls: boolean;
  /** Ways to log in that it offers (RFC 4954). */
  readonly logins: readonly ('PLAIN' | 'LOGIN')[];
  /** The one password that it takes. */
  readonly password: string;
}

/** A message that the relay took. */
export interface Taken {
  readonly to: string;
  readonly text: string;
  /** The name that its sender logged in with. */
  readonly user: string | undefined;
  readonly wasEncrypted: boolean;
}

/** A line that the relay read. */
export interface Said {
  readonly line: string;
  readonly wasEncrypted: boolean;
}

/** A relay that speaks SMTP (RFC 5321) with STARTTLS (RFC 3207), or with TLS from the first byte (RFC 8314). */
export interface SmtpRelay {
  readonly port: number;
  readonly taken: readonly Taken[];
  readonly said: readonly Said[];
  /** Ends the connections of before, too. */
  behave(manner: Partial<RelayManner>): void;
  close(): Promise<void>;
}

export async function startRelay(first: RelayManner, isImplicit: boolean): Promise<SmtpRelay> {
  const port = await freePort();
  const [taken, said]: [Taken[], Said[]] = [[], []];
  const sockets = new Set<Socket>();
  let manner = first;
  const relay = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    const conversation = new Conversation(manner, { taken, said });
    if (isImplicit) conversation.encrypt(socket);
    else conversation.listen(socket);
    conversation.greet();
  });
  relay.listen(port, '127.0.0.1');
  await once(relay, 'listening');
  const hangUp = () => sockets.forEach((socket) => socket.destroy());
  return {
    port,
    taken,
    said,
    behave: (changes) => {
      manner = { ...manner, ...changes };
      hangUp();
    },
    close: async () => {
      relay.close();
      hangUp();
      await once(relay, 'close');
    },
  };
}

/** One connection. */
class Conversation {
  private socket: Socket | undefined;
  private wasEncrypted = false;
  private user: string | undefined;
  private to = '';
  /** Lines of the message that is being read. */
  private message: string[] | undefined;
  /** What the next line is, where it is no command. */
  private expected: ((line: string) => void) | undefined;

  constructor(
    private readonly manner: RelayManner,
    private readonly memory: { readonly taken: Taken[]; readonly said: Said[] },
  ) {}

  greet(): void {
    this.answer('220 relay.example');
  }

  listen(socket: Socket): void {
    this.socket = socket;
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.read(line);
    });
  }

  encrypt(plain: Socket): void {
    plain.removeAllListeners('data');
    const socket = new TLSSocket(plain, {
      isServer: true,
      secureContext: createSecureContext(this.manner.certificate),
    });
    socket.on('error', () => plain.destroy());
    this.wasEncrypted = true;
    this.listen(socket);
  }

  private answer(line: string): void {
    this.socket?.write(`${line}\r\n`);
  }

  private read(line: string): void {
    this.memory.said.push({ line, wasEncrypted: this.wasEncrypted });
    const { expected } = this;
    if (expected) {
      this.expected = undefined;
      expected(line);
    } else if (this.message) this.readMessage(this.message, line);
    else this.obey(line);
  }

  private readMessage(message: string[], line: string): void {
    if (line !== '.') return void message.push(line);
    const { user, to, wasEncrypted } = this;
    this.memory.taken.push({ to, text: message.join('\n'), user, wasEncrypted });
    this.message = undefined;
    this.answer('250 taken');
  }

  private obey(line: string): void {
    const [command = '', ...words] = line.split(' ');
    switch (command.toUpperCase()) {
      case 'EHLO':
        return this.introduce();
      case 'STARTTLS':
        return this.startTls();
      case 'AUTH':
        return this.logIn(words);
      case 'RCPT':
        this.to = /<(.*)>/.exec(line)?.[1] ?? '';
        return this.answer('250 known');
      case 'DATA':
        this.message = [];
        return this.answer('354 go on');
      case 'QUIT':
        return this.answer('221 bye');
      default:
        return this.answer('250 well');
    }
  }

  private introduce(): void {
    const { offersStartTls, logins } = this.manner;
    const offers = [
      'relay.example',
      ...(offersStartTls && !this.wasEncrypted ? ['STARTTLS'] : []),
      ...(logins.length > 0 ? [`AUTH ${logins.join(' ')}`] : []),
    ];
    offers.forEach((offer, index) => this.answer(`250${index === offers.length - 1 ? ' ' : '-'}${offer}`));
  }

  private startTls(): void {
    const { socket } = this;
    if (!socket || !this.manner.offersStartTls) return this.answer('502 not here');
    this.answer('220 go on');
    this.encrypt(socket);
  }

  private logIn([way, begun]: readonly string[]): void {
    const plain = (encoded: string) => {
      const [, user = '', password = ''] = Buffer.from(encoded, 'base64').toString().split('\0');
      this.welcome(user, password);
    };
    if (way === 'PLAIN') return begun === undefined ? this.ask('', plain) : plain(begun);
    this.ask('VXNlcm5hbWU6', (user) =>
      this.ask('UGFzc3dvcmQ6', (password) => this.welcome(decoded(user), decoded(password))),
    );
  }

  private ask(what: string, then: (line: string) => void): void {
    this.answer(`334 ${what}`);
    this.expected = then;
  }

  private welcome(user: string, password: string): void {
    if (password !== this.manner.password) return this.answer(`535 ${user} is not let in with ${password}`);
    this.user = user;
    this.answer('235 welcome');
  }
}

const decoded = (encoded: string): string => Buffer.from(encoded, 'base64').toString();
