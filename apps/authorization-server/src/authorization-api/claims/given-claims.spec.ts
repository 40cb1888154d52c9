import { isTold } from './given-claims.js';

describe('UG-23 who sees a fact', () => {
  const person = { id: 'p-7', username: 'bob' };

  it('name and address are told to the owner; a user name is looked up alone', () => {
    expect([isTold('name', person), isTold('email', person), isTold('username', person)]).toEqual([true, true, false]);
  });

  it('a user name that is the id of the account is told with it', () => {
    expect(isTold('username', { ...person, id: 'bob' })).toBe(true);
  });
});
