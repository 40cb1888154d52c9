import { OAuthError } from '@valetkey/oauth';
import type { WordingMemberFault } from '../../owner-api/wording/operator-wording.service.js';

/** Words that cannot be published; the answer says what is wrong with which, by their names in the form: `verb#de`. */
export class WordingRefused extends OAuthError {
  constructor(private readonly faults: Readonly<Record<string, WordingMemberFault>>) {
    super('invalid_request', Object.values(faults).includes('missing') ? 'wording_incomplete' : 'wording_unfit');
  }

  override get body(): OAuthError['body'] {
    const body = { ...super.body, fields: this.faults };
    return body;
  }
}
