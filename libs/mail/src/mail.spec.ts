import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileMail } from './file-mail.js';
import { SmtpMail } from './smtp-mail.js';

const MESSAGE = { to: 'alice@example.org', subject: 'Grüße', text: 'Hello Alice\n\n.\nhttps://as.example/x?y=z\n' };

describe('the file outbox', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'valetkey-mail-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const outbox = () => join(folder, 'data', 'outbox');
  const messages = async () => (await readdir(outbox())).sort();

  it('holds each message in a file of its own that nobody else may read', async () => {
    const mail = new FileMail(outbox(), 'Valetkey <no-reply@as.example>');
    for (const text of ['one', 'two']) await mail.send({ ...MESSAGE, text });
    const files = await messages();
    expect(files).toHaveLength(2);
    for (const file of files) {
      expect(file).toMatch(/^[\w-]+\.eml$/);
      expect((await stat(join(outbox(), file))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(outbox())).mode & 0o777).toBe(0o700);
    const content = await readFile(join(outbox(), files[0] as string), 'utf8');
    expect(content).toMatch(/^From: Valetkey <no-reply@as\.example>$/m);
    expect(content).toMatch(/^To: alice@example\.org$/m);
  });

  it('220 takes no header from a subject or address with line ends', async () => {
    const mail = new FileMail(outbox(), 'no-reply@as.example');
    await mail.send({
      ...MESSAGE,
      to: 'alice@example.org\r\nBcc: eve@example.org',
      subject: 'x\r\nBcc: eve@example.org',
    });
    const content = await readFile(join(outbox(), (await messages())[0] as string), 'utf8');
    expect(content).not.toMatch(/^Bcc:/im);
  });
});

/** A relay that takes everything and remembers what was said. */
async function relay(): Promise<{ server: Server; port: number; said: string[] }> {
  const said: string[] = [];
  const answer = (socket: Socket, line: string, state: { data: boolean }): void => {
    said.push(line);
    if (state.data) {
      if (line !== '.') return;
      state.data = false;
      socket.write('250 taken\r\n');
    } else if (line === 'DATA') {
      state.data = true;
      socket.write('354 go on\r\n');
    } else if (line === 'STARTTLS') socket.write('502 not here\r\n');
    else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 relay\r\n');
  };
  const server = createServer((socket) => {
    const state = { data: false };
    let rest = '';
    socket.write('220 relay\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(socket, line, state);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, said };
}

describe('RFC 5321: the relay', () => {
  it('gets the message for one recipient', async () => {
    const { server, port, said } = await relay();
    const mail = new SmtpMail({ host: '127.0.0.1', port, security: 'none' }, 'no-reply@as.example');
    await mail.send(MESSAGE);
    await mail.close();
    server.close();
    expect(said).toEqual(expect.arrayContaining(['MAIL FROM:<no-reply@as.example>', 'RCPT TO:<alice@example.org>']));
    expect(said.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
  });

  it('that offers no STARTTLS gets nothing when encryption is asked for, and the error tells nothing of the message', async () => {
    const { server, port, said } = await relay();
    const mail = new SmtpMail({ host: '127.0.0.1', port, security: 'starttls' }, 'no-reply@as.example');
    const failure = await mail.send(MESSAGE).catch((cause: unknown) => cause);
    await mail.close();
    server.close();
    expect(String(failure)).toMatch(/the mail relay did not take the message \(relay_without_tls\)$/);
    expect(said.some((line) => line.startsWith('MAIL'))).toBe(false);
  });
});
