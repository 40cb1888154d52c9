/** What a page does besides being shown by GET. */
export interface PageRoute {
  /** Whether HEAD does the same without a body; it is 405 where GET begins, ends or uses up something. */
  readonly head: 'shown' | 'refused';
  /** Whether it takes a form. */
  readonly post?: true;
}

const FORM: PageRoute = { head: 'refused', post: true };
const PAGE: PageRoute = { head: 'refused' };
const SHOWN: PageRoute = { head: 'shown' };

/** Every address that answers with pages, below the issuer; a unit test holds it against the routes that are registered. */
export const PAGE_ROUTES: Readonly<Record<string, PageRoute>> = {
  '/account': PAGE,
  '/account/applications': FORM,
  '/account/codes': FORM,
  '/account/codes/app': FORM,
  '/account/notices': FORM,
  '/account/passkeys': FORM,
  '/account/passkeys/name': FORM,
  '/account/passkeys/new': FORM,
  '/account/password': FORM,
  '/account/password/changed': PAGE,
  '/account/recovery': FORM,
  '/account/recovery/:id': FORM,
  '/account/recovery/done': SHOWN,
  '/account/recovery/sent': SHOWN,
  '/account/sessions': FORM,
  '/authorize': FORM,
  '/console': SHOWN,
  '/console/*': SHOWN,
  '/console/assets/*': SHOWN,
  '/console/sign-in': PAGE,
  '/device': FORM,
  '/interaction/:id': PAGE,
  '/interaction/:id/another-person': FORM,
  '/interaction/:id/decision': FORM,
  '/interaction/:id/passkey': FORM,
  '/interaction/:id/recovery-code': FORM,
  '/interaction/:id/second-step': FORM,
  '/interaction/:id/sign-in': FORM,
  '/invitations/:id': PAGE,
  '/operator': SHOWN,
  '/operator/*': SHOWN,
  '/operator/preview/:id': SHOWN,
  '/sign-out': FORM,
  '/uma/claims': PAGE,
  '/uma/requests/:id': PAGE,
};

/** Where forms are taken. */
export const FORM_ROUTES: readonly string[] = Object.keys(PAGE_ROUTES).filter((path) => PAGE_ROUTES[path]?.post);
