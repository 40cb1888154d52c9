/** One message to one person, as plain text. */
export interface MailMessage {
  /** One address, of an account. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands messages on. Nest injects it by this class. */
export abstract class Mail {
  /**
   * Resolves when somebody else (a relay, a file) is responsible for the message; it may still be lost after that.
   * @throws Error when nobody took it, for a relay MailFailure; its text holds neither the message nor a credential
   */
  abstract send(message: MailMessage): Promise<void>;
}
