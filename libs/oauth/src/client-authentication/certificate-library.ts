import 'reflect-metadata';
import { createRequire } from 'node:module';
import type * as X509 from '@peculiar/x509';

const load = createRequire(import.meta.url);

/** The package that reads certificates, loaded with the first one: every start and every command would pay for it. */
export function certificateLibrary(): typeof X509 {
  return load('@peculiar/x509') as typeof X509;
}
