import { OAuthError } from '@valetkey/oauth';
import type { AddressFault, RegistrationError } from '../../authorization-api/registration/registration-error.js';

const MEMBER = /^([a-z_]+)/;

interface ProblemBody {
  /** Member -> what is wrong with it: the rule of an address that it breaks, or else `invalid`. */
  readonly fields: Readonly<Record<string, AddressFault['kind'] | 'invalid'>>;
  /** Member that is a list -> which of its entries it is, from 0. */
  readonly entries?: Readonly<Record<string, number>>;
}

/** Settings that cannot be registered: the rule, and the field that it is about. */
export class ClientProblem extends OAuthError {
  private readonly rule: string;
  private readonly fault: AddressFault | undefined;

  constructor({ body, reason, fault }: RegistrationError, cause?: Error) {
    super('invalid_request', reason, {}, 400);
    this.rule = body.error_description;
    this.fault = fault;
    this.cause = cause;
  }

  override get body(): OAuthError['body'] & ProblemBody {
    return { ...super.body, error_description: this.rule, ...this.problem() };
  }

  private problem(): ProblemBody {
    if (!this.fault) return { fields: { [MEMBER.exec(this.rule)?.[1] ?? '']: 'invalid' } };
    const { member, entry, kind } = this.fault;
    return { fields: { [member]: kind }, entries: { [member]: entry } };
  }
}
