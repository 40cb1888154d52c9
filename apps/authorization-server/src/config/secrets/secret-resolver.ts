import { resolve } from 'node:path';

import type { ProblemList, SettingPath } from '../problem-list.js';
import type { SecretReference } from '../schema/secret-reference.schema.js';
import { describeFileProblem, FileProblem } from '../source/bounded-file.js';
import type { SecretKind } from './secret-content.js';
import { createSecretFile, FILE_IS_NOT_TEXT, FILE_IS_OPEN, readSecretFile } from './secret-file.js';

/**
 * What to do with a file that the server makes at its first start: make it, refuse that it is missing, or only check
 * the rest.
 */
export type MissingSecrets = 'create' | 'refuse' | 'accept';

/** A setting that refers to a secret. */
export interface SecretSetting {
  readonly path: SettingPath;
  readonly reference: SecretReference;
  readonly kind: SecretKind;
}

/** Where secrets come from. */
export interface SecretSurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Folder that relative names begin at. */
  readonly folder: string;
  readonly missing: MissingSecrets;
}

/** Finds the secrets that settings refer to. Files are made last and only in a configuration without any problem. */
export class SecretResolver {
  private readonly waiting: { setting: SecretSetting; file: string; take: (secret: string) => void }[] = [];

  constructor(
    private readonly surroundings: SecretSurroundings,
    private readonly problems: ProblemList,
  ) {}

  /** Calls `take` with the secret, now or in `createMissing`; not at all when there is a problem. */
  resolve(setting: SecretSetting, take: (secret: string) => void): void {
    const { reference } = setting;
    if (reference.env !== undefined) this.fromEnvironment(setting, reference.env, take);
    else if (reference.file !== undefined)
      this.fromFile(setting, resolve(this.surroundings.folder, reference.file), take);
  }

  /** Makes the files that `resolve` found missing. Problems are added. */
  createMissing(): void {
    if (this.surroundings.missing !== 'create') return;
    for (const { setting, file, take } of this.waiting) {
      try {
        this.accept(setting, createSecretFile(file, setting.kind.make?.() ?? ''), take);
      } catch (error) {
        this.problems.add([...setting.path, 'file'], `${file} could not be made (${codeOf(error)})`);
      }
    }
  }

  private fromEnvironment(setting: SecretSetting, name: string, take: (secret: string) => void): void {
    const value = this.surroundings.env[name];
    if (value === undefined || value === '') {
      this.problems.add([...setting.path, 'env'], `the environment variable ${name} is not set or empty`);
      return;
    }
    this.accept(setting, value, take);
  }

  private fromFile(setting: SecretSetting, file: string, take: (secret: string) => void): void {
    try {
      this.accept(setting, readSecretFile(file), take);
    } catch (error) {
      const canBeMade = codeOf(error) === 'ENOENT' && setting.kind.make !== undefined;
      if (canBeMade && this.surroundings.missing !== 'refuse') this.waiting.push({ setting, file, take });
      else this.problems.add([...setting.path, 'file'], fileMessage(file, error, canBeMade));
    }
  }

  private accept(setting: SecretSetting, secret: string, take: (secret: string) => void): void {
    const message = secret === '' ? 'is empty' : setting.kind.problem(secret);
    if (message === undefined) take(secret);
    else this.problems.add(setting.path, `the secret found there ${message}`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof FileProblem ? error.code : 'unknown';
}

function fileMessage(file: string, error: unknown, canBeMade: boolean): string {
  if (codeOf(error) === FILE_IS_OPEN) return `${file} may be used by others than its owner: chmod 600`;
  if (codeOf(error) === FILE_IS_NOT_TEXT) return `${file} is not UTF-8 text`;
  return `${file} ${describeFileProblem(error, '16 KiB')}${canBeMade ? ' yet; the server makes it at its first start' : ''}`;
}
