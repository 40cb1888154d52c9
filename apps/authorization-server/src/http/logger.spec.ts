import type { Logger } from 'pino';
import { LoggedSecurityEvents } from './logger.js';

describe('security events in the log', () => {
  const levelOf = (event: string, reason?: string): string[] => {
    const levels: string[] = [];
    const logger = { info: () => levels.push('info'), warn: () => levels.push('warn') } as unknown as Logger;
    new LoggedSecurityEvents(logger).record({ event, ...(reason !== undefined && { reason }) });
    return levels;
  };

  it.each(['password_accepted', 'passkey_accepted', 'second_factor_accepted', 'session_begun', 'session_ended'])(
    'a sign-in that is as it should be is no warning: %s',
    (event) => expect(levelOf(event)).toEqual(['info']),
  );

  it.each([
    ['sign_in_refused', 'wrong_password'],
    ['client_authentication_failed', 'secret_mismatch'],
    ['sessions_ended', 'lost_device'],
    ['operator_set_password', undefined],
    ['an_event_of_tomorrow', undefined],
  ])('what somebody has to look at is one: %s, %s', (event, reason) =>
    expect(levelOf(event, reason)).toEqual(['warn']),
  );
});
