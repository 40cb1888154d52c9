import type { PersonalMessages } from './account-messages.js';

/** English: the account of a person. */
export const enAccount: PersonalMessages = {
  account: {
    title: 'Your account',
    lead: 'How you sign in, and where you are signed in.',
    back: 'Back to your account',
    password: 'Password',
    changed: (when) => `Changed ${when}`,
    noPassword: 'You have none. You can have a link sent to your e-mail address to choose one.',
    changePassword: 'Change password',
    codes: 'Codes of an authenticator app',
    codesOn: 'On: signing in takes a code beside your password.',
    codesOff: 'Off. A code beside your password protects your account.',
    codesLeft: (count) => (count === 1 ? 'One recovery code is left.' : `${count} recovery codes are left.`),
    manageCodes: 'Look after codes',
    passkeys: 'Passkeys',
    passkeyCount: (count) =>
      count === 0
        ? 'You have none. A passkey signs you in without a password.'
        : count === 1
          ? 'You have one.'
          : `You have ${count}.`,
    managePasskeys: 'Look after passkeys',
    sessions: 'Where you are signed in',
    sessionsLine: 'See every browser, and end what you do not know.',
    showSessions: 'Show browsers',
    signOut: 'Sign out',
  },
  recoveryCodes: {
    title: 'Codes of an authenticator app',
    on: 'Codes are on. You need one beside your password whenever you sign in.',
    off: 'Codes are off. Your password alone signs you in.',
    left: (count) =>
      count === 1
        ? 'One recovery code is left for the day when you have no app.'
        : `${count} recovery codes are left for the day when you have no app.`,
    begin: 'Switch codes on',
    another: 'Use another app',
    renew: 'Make new recovery codes',
    remove: 'Switch codes off',
    shownTitle: 'Keep these recovery codes',
    shownLead:
      'When you have no authenticator app at hand, one of them signs you in beside your password. Each works once.',
    shownOnce: 'They are shown only now. Print them or copy them to paper. Former recovery codes no longer work.',
    kept: 'I have kept them',
  },
  passkeys: {
    title: 'Your passkeys',
    lead: 'A passkey signs you in with your fingerprint, your face or the lock of your device. Nobody can trick you into giving it away.',
    none: 'You have no passkey.',
    made: (when) => `Made ${when}`,
    used: (when) => `Last used ${when}`,
    neverUsed: 'Never used',
    synced: 'Synced',
    unnamed: 'Passkey without a name',
    remove: 'Remove',
    removeOne: (passkey) => `Remove ${passkey}`,
    add: 'Add a passkey',
    addTitle: 'Add a passkey',
    addLead: 'Give it a name by which you know it again, then follow your browser.',
    name: 'Name of the passkey',
    nameHelp: 'For example: my telephone.',
    create: 'Create passkey',
    useTitle: 'Sign in with a passkey',
    useLead: 'Press the button and follow your browser.',
    use: 'Use passkey',
    needsScript: 'Passkeys need a browser that runs scripts. Everything else works without them.',
    unsupported: 'This did not work: it was cancelled, or this browser or device cannot do it. You can try again.',
    refused: 'We could not accept this passkey. Nothing was changed. You can try again.',
    otherWay: 'Sign in another way',
  },
  mail: {
    recoverySubject: (host) => `Choose a new password at ${host}`,
    recoveryText: (person, link, minutes) => `Hello ${person},

somebody asked for a new password for your account. If it was you, open this link and choose one:

${link}

It works once, for ${minutes === 1 ? 'one minute' : `${minutes} minutes`}. If it was not you, ignore this message: your password stays as it is.
`,
  },
  recovery: {
    title: 'Forgotten your password?',
    lead: 'We send a link to the e-mail address of your account. With it you choose a new password.',
    name: 'User name or e-mail address',
    submit: 'Send the link',
    back: 'Back to sign-in',
    wait: (when) => `There were too many tries. Please try again ${when}.`,
  },
  newPassword: {
    title: 'Choose a new password',
    lead: (account) => `For ${account}`,
    current: 'Current password',
    password: 'New password',
    help: (least) => `At least ${least} characters. Several words are better than a few signs.`,
    repeat: 'New password again',
    submit: 'Change password',
    endsOthers: 'You will be signed out on all other devices.',
    tooShort: (least) => `The new password needs at least ${least} characters.`,
    tooLong: 'The new password is too long: 128 characters at most.',
    tooCommon: 'This password is known to attackers. Please choose another one.',
    different: 'The two new passwords are not the same.',
    currentWrong: 'The current password is not right.',
    same: 'The new password is the one you have now. Please choose another one.',
  },
  oneTimeCodes: {
    title: 'Protect your account with codes',
    lead: 'An authenticator app shows a new code every 30 seconds. You will need it beside your password.',
    stepScan: '1. Add the account to your app',
    picture: 'Picture to scan with the authenticator app',
    onThisDevice: 'Open in the app on this device',
    byHand: 'Or enter this key in the app:',
    secret: 'Key',
    stepCode: '2. Enter the code that it shows',
    code: 'Code',
    codeHelp: 'Six digits.',
    wrong: 'This code is not right. Please check that the clock of your device is right and enter the code shown now.',
    submit: 'Switch on',
  },
  sessions: {
    title: 'Where you are signed in',
    lead: 'End what you do not know or no longer use.',
    thisOne: 'This browser',
    signedIn: (when) => `Signed in ${when}`,
    lastSeen: (when) => `Last used ${when}`,
    from: (address) => `From ${address}`,
    end: 'End',
    endOne: (device) => `End ${device}`,
    endOthers: 'End all others',
    onlyThis: 'You are signed in nowhere else.',
    ended: (count) => (count === 1 ? 'One session was ended.' : `${count} sessions were ended.`),
    more: 'Show more',
    unknownDevice: 'Unknown device',
    browserOn: (browser, system) => `${browser} on ${system}`,
  },
};
