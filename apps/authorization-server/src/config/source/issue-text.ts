import type { z } from 'zod';

const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  string: 'text; put it in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'made of members',
};

/** Words for what a schema found wrong where it brings none of its own. Never repeats the value, which may be a secret. */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'unrecognized_keys') return 'is not a known setting';
  if (issue.code === 'invalid_value') {
    if (issue.input === undefined) return 'is required';
    return `must be one of ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is required' : `must be ${EXPECTED_TYPES[issue.expected] ?? issue.expected}`;
  }
  return 'is not allowed';
}
