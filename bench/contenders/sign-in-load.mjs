/** People who sign in while something else is measured: a password costs as much as many other requests. */
import { setTimeout as pause } from 'node:timers/promises';
import { Browser } from '../machine/browser.mjs';
import { PERSONS, authorizePath } from './code-flow-work.mjs';

const EACH_SECOND = 20;
/** The clock of the last second is not that of the first. */
const ALMOST = 0.98;

/**
 * The same work while people sign in, from the first load to the end.
 * @param {Pick<import('./contender.mjs').Site, 'load' | 'check'>} work
 * @param {import('./code-flow-work.mjs').FlowDialect} dialect
 * @returns {Promise<Pick<import('./contender.mjs').Site, 'load' | 'check' | 'end'>>}
 */
export async function duringSignIns(work, dialect) {
  const running = new AbortController();
  /** @type {Promise<void>[]} */
  const begun = [];
  let [done, failure] = [0, undefined];
  const signIn = async (/** @type {number} */ person) => {
    try {
      const browser = new Browser(dialect.origin);
      const page = await browser.open(dialect.origin + authorizePath(dialect, person));
      const { action, typed } = dialect.fillIn(page, person);
      const after = await browser.submit(page, action, typed);
      if (after.text.includes('name="password"')) throw new Error('the password was not taken');
      done += 1;
    } catch (fault) {
      failure ??= fault;
    }
  };
  const began = performance.now();
  const crowd = (async () => {
    for (let person = 0; !running.signal.aborted; person++) {
      begun.push(signIn(person % PERSONS));
      await pause(Math.max(0, began + ((person + 1) * 1000) / EACH_SECOND - performance.now()));
    }
  })();
  return {
    load: work.load,
    check: async () => {
      if (failure) throw failure;
      await work.check();
    },
    end: async () => {
      running.abort();
      await crowd;
      const rate = begun.length / ((performance.now() - began) / 1000);
      // Those who have begun while it was measured are to come in, too.
      await Promise.all(begun);
      if (failure) throw failure;
      if (done < begun.length || rate < EACH_SECOND * ALMOST) {
        throw new Error(
          `${done} of ${begun.length} people came in, ${rate.toFixed(1)} a second; ${EACH_SECOND} a second are wanted`,
        );
      }
    },
  };
}
