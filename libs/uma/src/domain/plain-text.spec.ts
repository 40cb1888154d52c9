import { personName, plainReason } from './plain-text.js';

describe('IR-40: text of others', () => {
  it('a name is one line of whole characters, 200 at most', () => {
    expect(personName('Eve\u202e\n<b>\u0000\ud800!\u2028')).toBe('Eve <b> ! ');
    expect([...personName('🔑'.repeat(300))]).toHaveLength(200);
  });

  it('a reason is one line, or none', () => {
    expect(plainReason(' I cover\u2029the\u202e team\n')).toBe('I cover the team');
    expect(plainReason('\u2066\n')).toBeUndefined();
  });
});
