export { AccountsModule } from './accounts.module.js';
export { Account, AccountIdentity } from './persistence/account.entity.js';
export { AccountStore } from './persistence/account.store.js';
export type { AccountDescription } from './persistence/account.store.js';
