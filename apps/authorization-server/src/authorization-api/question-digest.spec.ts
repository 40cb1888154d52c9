import { digestOf } from './question-digest.js';

describe('A3, A7: what a page asks', () => {
  const application = { name: 'Print shop', verified: true, users: { count: 20, isMore: false } };

  it('is another question under another name or with other words', () => {
    const asked = digestOf({ application });
    expect(digestOf({ application: { ...application, name: 'Bank' } })).not.toBe(asked);
    expect(digestOf({ application: { ...application, verified: false } })).not.toBe(asked);
  });

  it('is the same however many others use the application by now', () => {
    const more = { ...application, users: { count: 21, isMore: false } };
    expect(digestOf({ application: more })).toBe(digestOf({ application }));
  });
});
