import type { Instant } from '@valetkey/kernel';
import type { RequestedClaims } from './person-claims.js';
import type { AuthorizationState, OwnerId, Party } from '@valetkey/authorizations';

/** Access token, requesting party token (UMA), refresh token, persisted claims token. */
export type TokenKind = 'at' | 'rpt';

/** What an RPT allows on one resource, as it was assessed (FedAuthz section 5.1.1). */
export interface TokenPermission {
  readonly resourceId: string;
  readonly scopes: readonly string[];
  /** The resource's version that was assessed: a scope removed and registered again later is another one (UF-24). */
  readonly resourceVersion: number;
}

/** The sign-in that a token came from. It stays as it was through every refresh (AT-03, SU-03). */
export interface SignIn {
  /** When the person proved who she is. */
  readonly authTime: Instant;
  readonly acr: string;
  readonly amr: readonly string[];
  /** The session at this server, for logout; it may have ended meanwhile. Absent where there was none, as for a device. */
  readonly sid?: string;
}

/** The key that whoever presents the token must hold: a DPoP key (RFC 9449) or a certificate (RFC 8705), by thumbprint. */
export type Confirmation = { readonly jkt: string } | { readonly 'x5t#S256': string };

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [member: string]: JsonValue };

/** One object of `authorization_details` (RFC 9396 section 2). */
export type AuthorizationDetail = { readonly type: string } & { readonly [member: string]: JsonValue };

/** What every token says, whatever its format. */
export interface TokenContent {
  readonly authorizationId: string;
  readonly clientId: string;
  /** The person the token is about, as this server names her inside; `null`: the client itself. */
  readonly subject: string | null;
  readonly scopes: readonly string[];
  readonly audience: string | null;
  /** UserInfo takes it, too, although its audience is another API; absent: it does not, or this server is its audience. */
  readonly opensUserInfo?: true;
  readonly permissions: readonly TokenPermission[] | null;
  /** Absent where nobody signed in here. */
  readonly signIn?: SignIn | undefined;
  /** Absent for a bearer token. */
  readonly confirmation?: Confirmation | undefined;
  /** Claims about the person that were asked for by name; absent where scopes say all. */
  readonly claims?: RequestedClaims | undefined;
  /** What was granted in detail for the token's audience (RFC 9396 section 9); absent where scopes say all. */
  readonly authorizationDetails?: readonly AuthorizationDetail[] | undefined;
}

/** What a refresh token says: all that was granted, of which each access token gives what is for its audience. */
export interface RefreshContent extends TokenContent {
  /** Of the access tokens that are asked for without a resource. */
  readonly audience: string | null;
  /** Audiences that access tokens may have besides (RFC 8707 section 2.2); absent: none. */
  readonly resources?: readonly string[] | undefined;
}

/** A token as it is found again, joined with the state of its authorization. */
export interface FoundToken extends TokenContent {
  readonly kind: TokenKind;
  readonly hash: string;
  /** Identifies the token in answers and logs without giving it away. */
  readonly id: string;
  readonly familyId: string | null;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly revoked: boolean;
  readonly owner: OwnerId;
  /** For whom the owner allowed it (UMA). */
  readonly party: Party | null;
  readonly resourceServerId: string | null;
  readonly authorization: TokenGround;
}

/** What a token's life depends on in its authorization record. */
export interface TokenGround {
  readonly state: AuthorizationState;
  readonly notBefore: Instant | null;
  readonly expiresAt: Instant | null;
  /** What was issued in an earlier one is dead. */
  readonly generation: number;
}

/** When a token ends: with itself, or with its authorization, whose owner may have given it an earlier end since. */
export function endOf({ expiresAt, authorization }: Pick<FoundToken, 'expiresAt' | 'authorization'>): Instant {
  return Math.min(expiresAt, authorization.expiresAt ?? expiresAt);
}

/** Why a token is worth nothing: for logs, never for whoever asks about it. */
export type DeathReason =
  'unknown' | 'expired' | 'revoked' | 'used' | 'replaced' | 'authorization_ended' | 'authorization_suspended';

/** A value that is no living token, with what is known of the token that it was. */
export interface DeadToken {
  readonly dead: DeathReason;
  readonly id?: string;
  readonly familyId?: string | null;
  readonly authorizationId?: string;
}

/** A refresh token (RFC 6749 section 1.5) and its place in the family that rotation makes. */
export interface RefreshToken extends RefreshContent {
  readonly hash: string;
  /** All that came from one first token: reuse of any ends all. */
  readonly familyId: string;
  /** Until when the family's row is kept. */
  readonly familyExpiresAt: Instant;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** The token that was handed out in exchange for this one. */
  readonly successor: string | null;
  readonly usedAt: Instant | null;
  /** When a repeated use was answered a second time. */
  readonly retriedAt: Instant | null;
  /** When another successor took its place, since the answer that brought it seemed lost. */
  readonly replacedAt: Instant | null;
  /** With its whole family, or with all that its authorization had given. */
  readonly isRevoked: boolean;
  /** With the resource server and the requesting party, where it is theirs (UMA). */
  readonly authorization: TokenGround & {
    readonly owner: OwnerId;
    readonly resourceServerId: string | null;
    readonly party: Party | null;
  };
}
