import type { MigrationInterface } from 'typeorm';
import { InitialSchema1763800000000 } from './1763800000000-initial-schema.js';

/** Every migration, oldest first. One set for both engines; never change one that was released. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [InitialSchema1763800000000];
