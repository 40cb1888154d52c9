import type { Person, Session } from '@valetkey/accounts';
import type { ClaimSet } from '@valetkey/uma';

/** What is known of a person here that she may give. */
export const FACTS = ['name', 'username', 'email'] as const;
export type Fact = (typeof FACTS)[number];

/** What owners are told with a request or a share; the rest is held against their policies alone. */
export const TOLD_FACTS: readonly Fact[] = ['name', 'email'];

/**
 * Whether the owner learns the fact. She hears of the account by its id, so a user name that is the same is no secret.
 */
export function isTold(fact: Fact, { id, username }: Pick<Person, 'id' | 'username'>): boolean {
  return TOLD_FACTS.includes(fact) || (fact === 'username' && username === id);
}

/** The facts that there are about a person. */
export function factsOf(person: Person): readonly { readonly fact: Fact; readonly value: string }[] {
  return FACTS.flatMap((fact) => {
    const value = person[fact];
    return value === null ? [] : [{ fact, value }];
  });
}

/** The facts that her account has not: nobody but the operator can say them. */
export function lackingOf(person: Person): readonly Fact[] {
  return FACTS.filter((fact) => person[fact] === null);
}

/** Who signed in, how, and of which generation of her account that is. */
export interface OwnSignIn {
  readonly person: Person;
  readonly session: Session;
  readonly generation: number;
}

/** Her sign-in as the word of this server about her: which account she has, and what she gives of the rest. Pure. */
export function signInClaims(issuer: string, signIn: OwnSignIn, given: readonly Fact[]): ClaimSet {
  const { person, session, generation } = signIn;
  const { name, username, email } = person;
  return {
    issuer,
    subject: person.id,
    accountId: person.id,
    claims: {
      ...(given.includes('name') && { name }),
      ...(given.includes('username') && { preferred_username: username }),
      // Addresses of accounts are the operator's word.
      ...(given.includes('email') && email !== null && { email, email_verified: true }),
    },
    obtainedAt: session.authTime,
    acr: session.acr,
    generation,
    ...(session.passkey !== undefined && { passkey: session.passkey }),
  };
}
