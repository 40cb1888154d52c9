import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeTime, newId } from '@valetkey/kernel';
import type { Transporter } from 'nodemailer';
import type StreamTransport from 'nodemailer/lib/stream-transport/index.js';
import type { MailMessage } from './mail.js';
import { mailLibrary } from './mail-library.js';
import { Mail } from './mail.js';

/** Older messages leave, so that a forgotten outbox does not fill the disk. */
const MOST_MESSAGES = 1000;
const PRUNE_EVERY = 100;

/**
 * Puts messages as files into a folder (`*.eml`, readable by their owner alone), for installations without a relay and for
 * tests. Names sort by time.
 */
export class FileMail extends Mail {
  private composer: Promise<Transporter<StreamTransport.SentMessageInfo>> | undefined;
  private written = 0;

  /** @param folder - made when it is missing @param from - address of the sender */
  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(message: MailMessage): Promise<void> {
    this.composer ??= makeComposer();
    const { message: composed } = await (await this.composer).sendMail({ from: this.from, ...message, ...SAFE });
    const name = `${encodeTime(Date.now())}-${newId('m')}`;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    // Complete or not at all: whoever watches the folder never reads half a message.
    const draft = join(this.folder, `.${name}`);
    await writeFile(draft, composed as Buffer, { mode: 0o600, flag: 'wx' });
    await rename(draft, join(this.folder, `${name}.eml`));
    if (this.written % PRUNE_EVERY === 0) await this.prune();
    this.written += 1;
  }

  private async prune(): Promise<void> {
    const messages = (await readdir(this.folder)).filter((name) => name.endsWith('.eml')).sort();
    const old = messages.slice(0, Math.max(0, messages.length - MOST_MESSAGES));
    await Promise.all(old.map((name) => rm(join(this.folder, name), { force: true })));
  }
}

/** A message is text from us: nothing in it may make the composer read a file or an address. */
const SAFE = { disableFileAccess: true, disableUrlAccess: true } as const;

async function makeComposer(): Promise<Transporter<StreamTransport.SentMessageInfo>> {
  const { createTransport } = await mailLibrary();
  return createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
}
