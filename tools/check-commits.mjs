/**
 * Titles of the commits follow Conventional Commits: `type(scope)!: what it does`, at most 100 characters.
 * Looks at the commits that are here; a shallow clone shows fewer, a folder without git none.
 */
import { spawnSync } from 'node:child_process';
import { exit } from 'node:process';

const TYPES = ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'];
const TITLE = new RegExp(`^(${TYPES.join('|')})(\\([a-z0-9-]+\\))?!?: \\S.*[^.\\s]$`);
const LONGEST = 100;

const log = spawnSync('git', ['log', '--no-merges', '--format=%h %s'], { encoding: 'utf8' });
const commits = log.status === 0 ? log.stdout.split('\n').filter(Boolean) : [];
const wrong = commits.filter((line) => {
  const title = line.slice(line.indexOf(' ') + 1);
  return title.length > LONGEST || !TITLE.test(title);
});

for (const line of wrong) console.error(`not a conventional title: ${line}`);
if (wrong.length > 0) {
  console.error(`Write "type(scope): what it does" with one of ${TYPES.join(', ')}, at most ${LONGEST} characters.`);
  exit(1);
}
console.log(`commits: ${commits.length} titles are well formed`);
