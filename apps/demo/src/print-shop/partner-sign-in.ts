import type { Send } from './http.js';

/** Asks the partner for ID tokens about the print shop's customers, who signed in there. */
export class PartnerSignIn {
  constructor(private readonly options: { issuer: string; apiKey: string; send: Send }) {}

  get issuer(): string {
    return this.options.issuer;
  }

  /** A fresh ID token about `user` for `audience`, the authorization server that wants to know. Good for one use. */
  async idToken(user: string, audience: string): Promise<string> {
    const { status, json } = await this.options.send({
      method: 'POST',
      url: `${this.options.issuer}/id-tokens`,
      headers: { authorization: `Bearer ${this.options.apiKey}` },
      json: { user, audience },
    });
    if (status !== 200 || typeof json['id_token'] !== 'string') throw new Error(`The partner answered ${status}`);
    return json['id_token'];
  }
}
