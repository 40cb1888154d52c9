import { Inject, Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import type { MailMessage } from '@valetkey/mail';
import { Mail, whyNotSent } from '@valetkey/mail';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { invitationUrl } from '../invitations/invitation-address.js';
import type { Offer } from '../invitations/offers.service.js';
import { messagesFor } from '../pages/messages/messages-for.js';
import { GivenSentences } from './given-sentences.service.js';
import { mailName } from './mail-name.js';

const DAY = 86_400_000;

/**
 * Sends the mail that brings an invitation, in its owner's language: of the one who gets it nothing is known. It has no words of the
 * owner's but names, cleaned, so that nobody sends her own text to strangers in this server's name.
 */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly given: GivenSentences,
    private readonly mail: Mail,
    private readonly events: SecurityEvents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'issuer'>,
  ) {}

  /** @param value - belongs into the link and nowhere else. @returns false when it may be tried again */
  async send(offer: Offer, value: string): Promise<boolean> {
    try {
      await this.mail.send(await this.write(offer, value));
      return true;
    } catch (cause) {
      this.events.record({ event: 'invitation_mail_failed', reason: whyNotSent(cause), accountId: offer.owner.id });
      return false;
    }
  }

  private async write({ invitation, owner, given }: Offer, value: string): Promise<MailMessage> {
    const { invitation: mail } = messagesFor(owner.locale);
    const { issuer } = this.config;
    const { host } = new URL(issuer);
    const name = mailName(owner.name);
    const sentences = await this.given.sentences(invitation.owner, given, { locale: owner.locale });
    const parts = [
      mail.mailGreeting,
      mail.mailLead(name, host),
      sentences.join('\n'),
      mail.mailLink(invitationUrl(issuer, value), Math.ceil((invitation.endsAt - invitation.createdAt) / DAY)),
      mail.mailAccount(host),
      mail.mailUnexpected,
    ];
    return { to: invitation.address, subject: mail.mailSubject(name, host), text: `${parts.join('\n\n')}\n` };
  }
}
