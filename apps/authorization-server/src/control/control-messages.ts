import { parseStrictJson } from '@valetkey/kernel';
import { z } from 'zod';

/** More than any command needs; a request that is longer is not read to its end. */
export const LONGEST_REQUEST = 1024 * 1024;

/** Milliseconds between two signs of life. */
export const BEAT = 2_000;

const requestSchema = z.strictObject({ command: z.string().max(100), input: z.unknown() });

/** What is asked of a running server, as one line of JSON. */
export type ControlRequest = z.output<typeof requestSchema>;

/**
 * A line of the answer. The first says that the command is about to run: without it nothing was done. It comes again every
 * {@link BEAT} while the command runs, so that silence means that the server stands still. Then what the command says, for
 * standard output or standard error, and at the end the exit code.
 */
const answerSchema = z.union([
  z.strictObject({ taken: z.literal(true) }),
  z.strictObject({ out: z.string() }),
  z.strictObject({ err: z.string() }),
  z.strictObject({ exit: z.int().min(0).max(255) }),
]);

export type ControlAnswer = z.output<typeof answerSchema>;

/** The request that a line is, or `undefined` for anything else. */
export function parseRequest(line: Buffer): ControlRequest | undefined {
  return parse(requestSchema, line);
}

/** The part of an answer that a line is, or `undefined` for anything else. */
export function parseAnswer(line: Buffer): ControlAnswer | undefined {
  return parse(answerSchema, line);
}

export function encodeLine(message: ControlRequest | ControlAnswer): string {
  return `${JSON.stringify(message)}\n`;
}

function parse<T>(schema: z.ZodType<T>, line: Buffer): T | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line);
    return schema.safeParse(parseStrictJson(text)).data;
  } catch {
    return undefined;
  }
}
