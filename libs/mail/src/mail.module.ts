import type { DynamicModule } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import { FileMail } from './file-mail.js';
import { Mail } from './mail.js';
import type { SmtpOptions } from './smtp-mail.js';
import { SmtpMail } from './smtp-mail.js';

/** Where messages go: to a relay, or without one into a folder. */
export interface MailOptions {
  readonly from: string;
  readonly outbox: string;
  readonly smtp?: SmtpOptions;
}

/** Messages to people. */
@Global()
@Module({})
export class MailModule {
  static with({ from, outbox, smtp }: MailOptions): DynamicModule {
    const mail = smtp === undefined ? new FileMail(outbox, from) : new SmtpMail(smtp, from);
    return { module: MailModule, providers: [{ provide: Mail, useValue: mail }], exports: [Mail] };
  }

  constructor(@Inject(Mail) private readonly mail: Mail) {}

  async onModuleDestroy(): Promise<void> {
    if (this.mail instanceof SmtpMail) await this.mail.close();
  }
}
