import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { measured } from '../support/measures.js';
import { WORDED } from '../console/worded.js';

describeServer('words of scopes', { engines: ONE_ENGINE, config: WORDED }, (server) => {
  it('G17 no scope that can be shared lacks words in a language: the check of the configuration finds none', async () => {
    const { code, stdout } = await server().runCommand(['check-config']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('is valid')]);
    const lacking = stdout.split('\n').filter((line) => line.includes('owners cannot share'));
    measured('G17', 'scopes that are published and lack words', lacking.length);
  });
});
