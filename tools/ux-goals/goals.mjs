/**
 * The goals of the consoles and the script-free pages, what is wanted of each, and how its figures come to one line.
 * @typedef {{ goal: string, what: string, value: number }} Measure
 * @typedef {{ what: string, unit?: string, of: 'max' | 'min' | 'sum' | 'median', most?: number, least?: number }} Figure
 *   `what`: the measures whose words begin so
 * @typedef {{ id: string, title: string, target: string, figures: Figure[], tests?: true }} Goal
 *   `tests`: met when every test that has the goal in its title passes, beside its figures
 */

const KB = 1000;

/** @type {Goal[]} */
export const GOALS = [
  {
    id: 'G1',
    title: 'Share one resource with an end date',
    target: '≤ 4 interactions, ≤ 15 s',
    figures: [
      { what: 'interactions', of: 'max', most: 4 },
      { what: 'seconds (model)', unit: 's', of: 'max', most: 15 },
    ],
  },
  {
    id: 'G2',
    title: 'The same from a day to a day',
    target: '≤ 6 interactions, ≤ 25 s',
    figures: [
      { what: 'interactions', of: 'max', most: 6 },
      { what: 'seconds (model)', unit: 's', of: 'max', most: 25 },
    ],
  },
  {
    id: 'G3',
    title: 'Cover for me, two weeks',
    target: '≤ 8 interactions, ≤ 40 s; ending 1',
    figures: [
      { what: 'interactions', of: 'min', most: 8 },
      { what: 'seconds (model)', unit: 's', of: 'max', most: 40 },
      { what: 'interactions to end it', of: 'max', most: 1 },
    ],
  },
  {
    id: 'G4',
    title: 'Answer a request',
    target: '1 as proposed, ≤ 3 with changes',
    figures: [
      { what: 'interactions as proposed', of: 'max', most: 1 },
      { what: 'interactions with changes', of: 'max', most: 3 },
    ],
  },
  {
    id: 'G5',
    title: 'Revoke',
    target: '1 interaction; introspection ≤ 1 s; result ≤ 500 ms',
    tests: true,
    figures: [
      { what: 'interactions', of: 'max', most: 1 },
      { what: 'ms until introspection knows', of: 'max', most: 1000 },
      { what: 'ms until she reads the result', of: 'max', most: 500 },
    ],
  },
  {
    id: 'G6',
    title: 'Who can use it, since when, through what',
    target: '≤ 2 interactions from home',
    figures: [{ what: 'interactions', of: 'max', most: 2 }],
  },
  {
    id: 'G7',
    title: 'Share by keys alone',
    target: 'done, the focus back at what opened it',
    tests: true,
    figures: [{ what: 'shared by keys alone', of: 'min', least: 1 }],
  },
  {
    id: 'G8',
    title: 'axe, WCAG 2.0 to 2.2 A and AA, best practice',
    target: '0 on every screen × state × light, dark × 1280, 360 px',
    tests: true,
    figures: [{ what: '', unit: 'violations', of: 'sum', most: 0 }],
  },
  {
    id: 'G9',
    title: 'Lighthouse',
    target: 'accessibility 100; performance ≥ 95 desktop, ≥ 90 mobile',
    figures: [
      { what: 'accessibility', of: 'min', least: 100 },
      { what: 'performance desktop', of: 'min', least: 95 },
      { what: 'performance mobile', of: 'min', least: 90 },
    ],
  },
  {
    id: 'G10',
    title: 'Scripts and styles, after gzip',
    target: 'first load ≤ 130 kB owner, ≤ 160 kB operator; later files ≤ 45 kB; CSS ≤ 12 kB',
    tests: true,
    figures: [
      { what: 'B of scripts of the owner', unit: 'B', of: 'max', most: 130 * KB },
      { what: 'B of scripts of the operator', unit: 'B', of: 'max', most: 160 * KB },
      { what: 'B of the largest later file', unit: 'B', of: 'max', most: 45 * KB },
      { what: 'B of styles', unit: 'B', of: 'max', most: 12 * KB },
    ],
  },
  {
    id: 'G11',
    title: 'Sign-in, consent, claims, device, with scripts off',
    target: '0 scripts, ≤ 15 kB in all, ≤ 3 requests',
    tests: true,
    figures: [
      { what: 'scripts', of: 'max', most: 0 },
      { what: 'B in all', unit: 'B', of: 'max', most: 15 * KB },
      { what: 'requests', of: 'max', most: 3 },
    ],
  },
  {
    id: 'G12',
    title: 'Largest picture on the loopback, median of 5',
    target: '≤ 1.0 s consoles, ≤ 0.5 s forms',
    figures: [
      { what: 'ms LCP /console', of: 'max', most: 1000 },
      { what: 'ms LCP of', of: 'max', most: 500 },
    ],
  },
  {
    id: 'G13',
    title: 'Shifts, and from an act to the next picture',
    target: 'CLS ≤ 0.05; INP ≤ 200 ms',
    figures: [
      { what: 'CLS', of: 'max', most: 0.05 },
      { what: 'ms INP', of: 'max', most: 200 },
    ],
  },
  {
    id: 'G14',
    title: 'Reflow and targets',
    target: 'no scroll sideways at 320 px, and at 360 px with text of 200 %; ≥ 24 px, main ones 44 px',
    tests: true,
    figures: [
      { what: 'px wider than the window', of: 'max', most: 0 },
      { what: 'small targets', of: 'sum', most: 0 },
    ],
  },
  {
    id: 'G15',
    title: '5,000 resources, 100,000 lines of activity',
    target: 'search ≤ 300 ms at p95',
    figures: [
      { what: 'ms p95, a search in 5,000 resources', of: 'max', most: 300 },
      { what: 'ms p95, a search in 100,000', of: 'max', most: 300 },
    ],
  },
  {
    id: 'G16',
    title: 'Names of scopes, ids, codes outside "Technical details"',
    target: '0',
    tests: true,
    figures: [{ what: 'raw words', of: 'sum', most: 0 }],
  },
  {
    id: 'G17',
    title: 'Published scopes have words in every language',
    target: '100 %',
    tests: true,
    figures: [{ what: 'scopes that are published and lack words', of: 'sum', most: 0 }],
  },
  {
    id: 'G18',
    title: 'The end that is shown is the end that is read back, in every zone',
    target: 'always',
    tests: true,
    figures: [],
  },
  {
    id: 'G19',
    title: 'Violations of the content security policy',
    target: '0',
    tests: true,
    figures: [{ what: 'violations of the policy', of: 'sum', most: 0 }],
  },
];
