/** What a server wrote from its first start to its end. */
export interface ServerOutput {
  /** Standard output and standard error as they came. */
  readonly log: string;
  readonly stderr: string;
}

const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a token, ticket or secret made by the server', /vk_[a-z]+_[\w-]{40,}/],
  ['a JWT', /eyJ[\w-]+\.eyJ[\w-]*\.[\w-]*/],
  ['credentials of an Authorization header', /\b(Bearer|Basic) [\w+/=~.-]{16,}/],
  ['a private key', /PRIVATE KEY|"d":"/],
  ['a stack trace', /"stack":|^\s+at .+[:)]\d*/],
];

/** What Node or a library says there; what an operator is told in a line is fine. */
const PROGRAM_NOISE = /^\(node:\d+\)|Warning:|\b[A-Z]\w*Error\b/m;

/**
 * The rules that hold for the output of every server of every test, whatever was asked of it: nothing secret, no fault of the
 * program, no warning.
 * @param secrets - values that the harness gave to the server
 * @returns what is broken, in words; empty when all is well
 */
export function brokenLogRules({ log, stderr }: ServerOutput, secrets: readonly string[]): string[] {
  const lines = log.split('\n');
  const found = FORBIDDEN.flatMap(([what, pattern]) => {
    const line = lines.find((one) => pattern.test(one));
    return line === undefined ? [] : [`its log holds ${what}: ${line.slice(0, 2000)}`];
  });
  return [
    ...found,
    ...(secrets.some((secret) => log.includes(secret)) ? ['its log holds a secret of its settings'] : []),
    ...(PROGRAM_NOISE.test(stderr) ? [`it wrote to standard error: ${stderr.slice(0, 2000)}`] : []),
  ];
}
