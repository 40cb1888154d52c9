import type { Policy } from '@valetkey/uma';
import type { EndedShare } from './received-row.js';
import { withoutEnded } from './received-shares.service.js';

const policy = (id: string) => ({ id }) as Policy;
const ended = (id: string) => ({ id: `y${id}`, terms: { kind: 'share', policy: policy(id) } }) as EndedShare;

describe('O10: what others gave, and what ended', () => {
  it('tells a share once that ended between the read of those that are there and the read of those that are not', () => {
    expect(withoutEnded([policy('a'), policy('b')], [ended('b'), ended('c')])).toEqual([policy('a')]);
  });

  it('leaves alone what has not ended', () => {
    expect(withoutEnded([policy('a')], [])).toEqual([policy('a')]);
  });
});
