import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import { encryptClaims, encryptJws, KeyRing } from '@valetkey/keys';
import type { UserInfoForm } from '@valetkey/oauth';
import { Recipients } from '@valetkey/oauth';
import type { LiveToken, TokenOptions } from '@valetkey/tokens';
import { accountOf, claimsWithin, PersonClaims, personClaims, Subjects, TOKEN_OPTIONS } from '@valetkey/tokens';

/** Claims about a person: as JSON, or signed, encrypted or both for the client (OpenID Connect Core section 5.3.2). */
export type UserInfoAnswer =
  { readonly form: 'json'; readonly claims: Record<string, unknown> } | { readonly form: 'jwt'; readonly jwt: string };

/** What an access token tells about the person who authorized it. */
@Injectable()
export class UserInfo {
  constructor(
    private readonly people: PersonClaims,
    private readonly subjects: Subjects,
    private readonly clients: ClientRegistry,
    private readonly recipients: Recipients,
    private readonly keyRing: KeyRing,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** `undefined` for a token that is about no person of this server, or one who is no longer here. */
  async of(token: LiveToken): Promise<UserInfoAnswer | undefined> {
    const accountId = accountOf(token.subject ?? token.owner);
    const person = accountId === undefined ? undefined : await this.people.find(accountId);
    const client = await this.clients.findEnabled(token.clientId);
    if (!person || !client) return undefined;
    const sub = this.subjects.of(`account:${accountId}`, this.recipients.of(client));
    // What the operator has taken from the client since is told no more.
    const asked = claimsWithin(token.claims, client.scopes);
    const claims = { ...personClaims(person, token.scopes, asked?.userinfo), sub };
    const form = this.recipients.userinfo(client);
    if (form === null) return { form: 'json', claims };
    return { form: 'jwt', jwt: await this.asJwt({ ...claims, iss: this.options.issuer, aud: client.id }, form) };
  }

  /** Signed first where both are wanted. @throws OAuthError when the client's key cannot be had */
  private async asJwt(claims: object, { algorithm, encryption }: UserInfoForm): Promise<string> {
    const recipient = await encryption?.();
    if (recipient && algorithm === null) return encryptClaims(claims, recipient);
    const jws = await this.keyRing.sign(claims, 'JWT', algorithm ?? undefined);
    return recipient ? encryptJws(jws, recipient) : jws;
  }
}
