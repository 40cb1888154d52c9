import type { Messages } from './messages.js';

/** English: how things end, well or not. */
export const enOutcomes: Pick<Messages, 'result' | 'errors'> = {
  result: {
    outcomes: {
      signed_out: { title: 'You are signed out', line: 'On a computer that others use, close the browser as well.' },
      still_signed_in: { title: 'You are still signed in', line: 'Nothing has been changed.' },
      device_allowed: { title: 'Your device is connected', line: 'Go on there. You may close this page.' },
      device_denied: { title: 'The device was not connected', line: 'It got no access. You may close this page.' },
      claims_sent: { title: 'Your facts were sent', line: 'You may go back to the application.' },
      claims_declined: {
        title: 'Nothing was sent',
        line: 'The owner learns nothing about you and can still be asked.',
      },
      invitation_accepted: {
        title: 'It is shared with you now',
        line: 'Use it where it is kept, or in an application, by signing in with this account.',
      },
      invitation_declined: {
        title: 'You declined the invitation',
        line: 'You got no access, and who invited you is told so, but not who you are. You may close this page.',
      },
      invitation_over: {
        title: 'This invitation is no longer valid',
        line: 'It was answered before, taken back or is too old, or what it offered is gone. Ask who invited you for a new one.',
      },
      recovery_sent: {
        title: 'Look into your mailbox',
        line: 'If there is an account with this name, a link is on its way. It works once and for a short time.',
      },
      recovery_expired: {
        title: 'This link is no longer valid',
        line: 'It was used before or is too old. Your password is unchanged. You can ask for another link.',
      },
      password_recovered: {
        title: 'Your new password is set',
        line: 'You are signed out everywhere. Sign in with the new password to go on.',
      },
      password_changed: { title: 'Your password is changed', line: 'You are signed out everywhere else.' },
      one_time_codes_on: { title: 'Codes are switched on', line: 'From now on you need one whenever you sign in.' },
      one_time_codes_off: { title: 'Codes are switched off', line: 'Your password alone signs you in again.' },
      nothing_changed: { title: 'Nothing was changed', line: 'You may close this page.' },
    },
  },
  errors: {
    nothingChanged: 'Nothing was changed.',
    over: 'Its question was answered before, or it was open too long.',
    lines: {
      bad_request: {
        title: 'We could not go on',
        line: 'The application sent you here with a link that we do not accept. Please go back and start again.',
      },
      unknown_application: {
        title: 'We do not know this application',
        line: 'It is not registered here, or wants you to return to an address that is not. Do not enter anything there.',
      },
      expired: {
        title: 'This page is no longer valid',
        line: 'It was open too long, was used before, or was begun in another browser. Please start again.',
      },
      forged_form: {
        title: 'We could not accept this form',
        line: 'It did not come from our page in this browser. Please go back, load the page again and retry.',
      },
      not_found: { title: 'There is nothing here', line: 'Please check the address, or go back to the application.' },
      wrong_method: { title: 'This does not work here', line: 'Please go back and use the buttons of the page.' },
      too_large: { title: 'That was too much', line: 'What was sent is larger than we accept. Please shorten it.' },
      too_many: {
        title: 'Please wait a moment',
        line: 'There were too many tries in a short time. Please try again later.',
      },
      not_allowed: {
        title: 'You may not do this',
        line: 'Your account has no right to it. Ask whoever runs this service.',
      },
      busy: {
        title: 'We cannot answer now',
        line: 'The service is busy or being repaired. Please try again in a minute.',
      },
      fault: { title: 'Something went wrong here', line: 'It is our fault, not yours. Please try again in a minute.' },
    },
  },
};
