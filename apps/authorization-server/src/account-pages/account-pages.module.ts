import type { Provider, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { BrowserModule } from '../interaction/interaction.module.js';
import { OwnerApiModule } from '../owner-api/owner-api.module.js';
import type { AccountPage } from './account-visit.js';
import { AccountVisitMaker } from './account-visit-maker.service.js';
import { AccountVisits } from './account-visits.service.js';
import { AccountInteraction } from './account.interaction.js';
import { ACCOUNT_PAGE_LIST, AccountRoutes } from './account.routes.js';
import { ApplicationRows } from './application-rows.service.js';
import { ApplicationsPage } from './applications.page.js';
import { AuthenticatorAppPage } from './authenticator-app.page.js';
import { CodesPage } from './codes.page.js';
import { LingeringAccess } from './lingering-access.service.js';
import { NewPasskeyPage } from './new-passkey.page.js';
import { NoticesPage } from './notices.page.js';
import { OverviewPage } from './overview.page.js';
import { PasskeyNamePage } from './passkey-name.page.js';
import { PasskeysPage } from './passkeys.page.js';
import { PasswordChangedPage, PasswordPage } from './password.page.js';
import { RecoveryLinkPage } from './recovery-link-page.service.js';
import { RecoveryMails } from './recovery-mails.service.js';
import { RecoveryRequestPage } from './recovery-request-page.service.js';
import { RecoveryRoutes } from './recovery.routes.js';
import { SessionsPage } from './sessions.page.js';
import { SignInDemand } from './sign-in-demand.service.js';

/** THE list of pages of the account. */
const PAGES: Type<AccountPage>[] = [
  OverviewPage,
  PasswordPage,
  PasswordChangedPage,
  CodesPage,
  AuthenticatorAppPage,
  SessionsPage,
  PasskeysPage,
  NewPasskeyPage,
  PasskeyNamePage,
  NoticesPage,
  ApplicationsPage,
];

const list: Provider = {
  provide: ACCOUNT_PAGE_LIST,
  useFactory: (...instances: AccountPage[]) => instances,
  inject: PAGES,
};

/** What people do for themselves: password, recovery, codes, passkeys, sessions, applications with access. */
@Module({
  imports: [BrowserModule, OwnerApiModule],
  providers: [
    ...PAGES,
    list,
    AccountInteraction,
    AccountRoutes,
    AccountVisitMaker,
    AccountVisits,
    ApplicationRows,
    LingeringAccess,
    RecoveryLinkPage,
    RecoveryMails,
    RecoveryRequestPage,
    RecoveryRoutes,
    SignInDemand,
  ],
  exports: [AccountInteraction, AccountRoutes, RecoveryRoutes],
})
export class AccountPagesModule {}
