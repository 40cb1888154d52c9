import { OAuthError } from '@valetkey/oauth';

/** Words that cannot be published yet; the answer says which are missing, by their names in the form: `verb#de`. */
export class WordingIncomplete extends OAuthError {
  constructor(private readonly lacking: readonly string[]) {
    super('invalid_request', 'wording_incomplete');
  }

  override get body(): OAuthError['body'] {
    const body = { ...super.body, fields: Object.fromEntries(this.lacking.map((name) => [name, 'missing'])) };
    return body;
  }
}
