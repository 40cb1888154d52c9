import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import type { MailMessage } from '@valetkey/mail';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { mailName } from '../notices/mail-name.js';
import { Pages } from '../pages/http/pages.service.js';
import { recoveryUrl } from './account-addresses.js';

const MINUTE = 60_000;

/** Writes the mail with the link to a new password. */
@Injectable()
export class RecoveryMails {
  constructor(
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** In the person's language. The link is at this server's configured address, whatever host the request named. */
  write(person: Person, value: string, http: FastifyRequest): Omit<MailMessage, 'to'> {
    const { issuer, signIn } = this.config;
    const { mail } = this.pages.messages(http, person.locale);
    const minutes = Math.floor(signIn.recoveryLinkLifetime / MINUTE);
    const text = mail.recoveryText(mailName(person.name), recoveryUrl(issuer, value), minutes);
    return { subject: mail.recoverySubject(new URL(issuer).host), text };
  }
}
