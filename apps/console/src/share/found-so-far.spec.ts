import type { DirectoryEntry } from '@valetkey/owner-contract';
import { foundSoFar } from './found-so-far.js';

const entry = (name: string, organisation?: string) =>
  ({ id: name, name, ...(organisation !== undefined && { organisation }) }) as DirectoryEntry;

const answer = {
  people: [entry('Bob Baker', 'Globex'), entry('Bärbel Ohm'), entry('علي حسن')],
  applications: [entry('Print shop', 'Printers Ltd')],
  more: false,
};

describe('O3: while the answer to what is typed is on its way', () => {
  it.each([
    ['car', []],
    ['b', ['Bob Baker', 'Bärbel Ohm']],
    ['BAR', ['Bärbel Ohm']],
    ['baker bo', ['Bob Baker']],
    ['glo', ['Bob Baker']],
    ['pri', ['Print shop']],
    ['حس', ['علي حسن']],
    ['oba', []],
  ])('for %j nobody is offered who does not match', (typed, names) => {
    const { people, applications } = foundSoFar(answer, typed);
    expect([...people, ...applications].map(({ name }) => name)).toEqual(names);
  });

  it('everybody is, before anything is typed', () => expect(foundSoFar(answer, ' ')).toEqual(answer));
});
