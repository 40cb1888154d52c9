import type { Session } from '@valetkey/accounts';
import type { AuthorizationAnswer, Interaction } from '@valetkey/oauth';
import type { FormTarget, PageView } from '../pages/kit/page-view.js';
import type { Messages, ResultOutcome } from '../pages/messages/messages.js';
import type { StartingPlace } from '../pages/views/result.view.js';

/** Who is at the browser, and in which words to talk to her. */
export interface Visitor {
  readonly session: Session | undefined;
  readonly messages: Messages;
  /** Where what comes next is shown: path of the interaction. */
  readonly url: string;
  /** Where the form of that name goes, and what it carries; of a decision also what its page asks, where {@link wasAsked} is to tell. */
  form(name: string, asked?: string): FormTarget;
  /** What a decision's form knows an account by: of this browser and this interaction alone, and nothing that tells who it is. */
  markOf(accountId: string): string;
  /** Whether the form that was sent is of a page that asked just this, of the present session: she decides on what she saw. */
  wasAsked(asked: string): boolean;
}

/** Somebody who has signed in. */
export interface SignedInVisitor extends Visitor {
  readonly session: Session;
}

/** Why a sign-in is asked for. */
export type SignInReason = 'nobody' | 'again' | 'another_person' | 'stronger';

/** What comes next in an interaction. */
export type NextStep =
  | { readonly kind: 'sign_in'; readonly why: SignInReason }
  | { readonly kind: 'page'; readonly view: PageView; readonly status?: number }
  /** After a form: the browser asks for the page anew. */
  | { readonly kind: 'again' }
  /** It is over, and no application waits for an answer at this browser. */
  | { readonly kind: 'result'; readonly outcome: ResultOutcome }
  | { readonly kind: 'answer'; readonly answer: AuthorizationAnswer }
  /** The same, but she has done nothing here yet, and nobody vouches for where it goes: she is asked first. */
  | { readonly kind: 'leave'; readonly answer: AuthorizationAnswer };

/** Where a person comes from, for the sign-in page. */
export interface Caller {
  /** Of the application; `undefined` for pages of our own. */
  readonly name: string | undefined;
  /** Addresses besides our own at which the forms may end. */
  readonly returns: readonly string[];
  readonly loginHint?: string;
  readonly uiLocales: readonly string[];
}

/** One way in that needs a person: the authorization endpoint, a device, UMA claims. */
export interface InteractionKind {
  readonly kind: string;
  caller(interaction: Interaction): Promise<Caller>;
  /**
   * Where she begins anew when it is over: at the application that sent her. `undefined` where that may not ask any more; absent where
   * no application asks.
   */
  startAgainAt?(interaction: Interaction): Promise<StartingPlace | undefined>;
  /** What comes next for this visitor. May finish the interaction with an answer. */
  next(interaction: Interaction, visitor: Visitor): Promise<NextStep>;
  /** Her decision, by the form of the page that {@link next} showed. */
  decide(interaction: Interaction, visitor: SignedInVisitor, form: FormValues): Promise<NextStep>;
  /**
   * What she chose was sent when her session was over, or another one had begun: it is kept for whom the page was shown to, and
   * nothing of it is done. Absent where that is not worth it.
   * @param mark - {@link Visitor.markOf} of whose page it was, unless the form was made up: then it is nobody's
   */
  keep?(interaction: Interaction, mark: string, form: FormValues): Promise<void>;
  /** She turned back, or cannot sign in as strongly as is asked. */
  refuse(interaction: Interaction, why: 'cancelled' | 'too_weak'): Promise<NextStep>;
}

/** THE list of them, in the module graph. */
export const INTERACTION_KINDS = Symbol('InteractionKinds');

/** A posted form, read by name. */
export interface FormValues {
  get(name: string): string | undefined;
}
