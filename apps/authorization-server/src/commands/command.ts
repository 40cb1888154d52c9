import type { INestApplicationContext } from '@nestjs/common';
import type { z } from 'zod';
import type { Config } from '../config/config.js';

/** A mistake of the operator's: told in a line, without a stack. */
export class OperatorError extends Error {}

/** A command line that says nothing we know: answered with the usage and the exit code 2. */
export class UsageError extends OperatorError {}

/** Where a command says something, a line a call. Waits for a reader that is slower than the work. */
export interface CommandOutput {
  /** A result, for standard output. */
  readonly print: (line: string) => Promise<void>;
  /** A remark or a complaint, for standard error. */
  readonly note: (line: string) => Promise<void>;
}

/** Options that were given, by name; a switch is `true`. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** What a command is started with. */
export interface Invocation extends CommandOutput {
  readonly configPath: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/** How a command is called, and what its help says. */
export interface CommandDescription {
  readonly name: string;
  /** In a few words, for the list of commands. */
  readonly summary: string;
  /** What follows the program's name; one line for each way to call it. */
  readonly usage: readonly string[];
  /** What the help says besides, line by line. */
  readonly help: readonly string[];
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  /** Arguments without a name, at most. */
  readonly positionals: number;
}

export interface Command extends CommandDescription {
  /** @returns the exit code @throws OperatorError */
  readonly run: (invocation: Invocation) => Promise<number>;
}

/** What the work of a command finds in the process that owns the data, be it a server that serves or the command's own. */
export interface WorkContext extends CommandOutput {
  readonly app: INestApplicationContext;
  readonly config: Config;
  /** Aborted when nobody waits for the result any more: long work ends at its next step. */
  readonly signal: AbortSignal;
}

/** A command that works on the data: where a server owns them, the same code runs in there. */
export interface ApplicationCommand extends CommandDescription {
  /** In the caller's process, whose files they are: what `work` needs, as it travels. @throws UsageError */
  readonly read: (invocation: Invocation) => Promise<unknown>;
  /** @returns the exit code @throws OperatorError, and UsageError for an input that `read` would not give */
  readonly work: (context: WorkContext, input: unknown) => Promise<number>;
}

/** An application command, with the form of its input checked wherever it comes from. */
export function applicationCommand<Input>(
  definition: CommandDescription & {
    readonly input: z.ZodType<Input>;
    readonly read: (invocation: Invocation) => unknown;
    /** Loads the work: who only asks a running server to do it needs none of what it is made of. */
    readonly work: () => Promise<(context: WorkContext, input: Input) => Promise<number>>;
  },
): ApplicationCommand {
  const { input: schema, read, work: load } = definition;
  const checked = (input: unknown): Input => {
    const { data, error } = schema.safeParse(input);
    if (error) throw new UsageError(`${definition.name}: this is not what it takes`, { cause: error });
    return data as Input;
  };
  return {
    ...definition,
    read: async (invocation) => checked(await read(invocation)),
    work: async (context, input) => {
      const known = checked(input);
      return (await load())(context, known);
    },
  };
}
