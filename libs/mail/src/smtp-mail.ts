import type { Duration } from '@valetkey/kernel';
import type { Transporter } from 'nodemailer';
import type { MailMessage } from './mail.js';
import { mailLibrary } from './mail-library.js';
import { MailFailure } from './mail-failure.js';
import { Mail } from './mail.js';

/** The relay that takes messages. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything is said, or none at all (a relay on this machine). */
  readonly security: 'tls' | 'starttls' | 'none';
  /** Both or neither. */
  readonly username?: string;
  readonly password?: string;
}

const PATIENCE: Duration = 10_000;
const MOST_CONNECTIONS = 2;

/** Hands messages to an SMTP relay (RFC 5321) over few connections that are kept. */
export class SmtpMail extends Mail {
  private transport: Promise<Transporter> | undefined;

  /** @param from - address of the sender */
  constructor(
    private readonly options: SmtpOptions,
    private readonly from: string,
  ) {
    super();
  }

  async send({ to, subject, text }: MailMessage): Promise<void> {
    this.transport ??= this.connect();
    const transport = await this.transport;
    await transport.sendMail({ from: this.from, to, subject, text }).catch((cause: unknown) => {
      throw MailFailure.from(cause);
    });
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    (await this.transport)?.close();
  }

  private async connect(): Promise<Transporter> {
    const { createTransport } = await mailLibrary();
    const { host, port, security, username, password } = this.options;
    return createTransport({
      host,
      port,
      secure: security === 'tls',
      // Without this a relay, or somebody before it, could talk us out of encryption.
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(username !== undefined && { auth: { user: username, pass: password ?? '' } }),
      pool: true,
      maxConnections: MOST_CONNECTIONS,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
}
