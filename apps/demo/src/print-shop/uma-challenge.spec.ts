import { parseUmaChallenge } from './uma-challenge.js';

describe('UMA Grant §3.2.1: the challenge of a resource server', () => {
  it('is read whatever the order and case of its parts', () => {
    expect(parseUmaChallenge('uma ticket="t", AS_URI="https://as.example", realm="a, ticket=\\"x\\""')).toEqual({
      asUri: 'https://as.example',
      ticket: 't',
    });
  });

  it.each([null, '', 'Bearer realm="x"', 'UMA realm="x"', 'UMA as_uri="https://as.example"', 'UMA ticket="t"', 'UMA'])(
    'is not found in %j',
    (header) => {
      expect(parseUmaChallenge(header)).toBeUndefined();
    },
  );
});
