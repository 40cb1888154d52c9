import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { KeyEncryption } from './key-encryption.js';
import type { KeyRingOptions } from './key-ring.service.js';
import { KEY_RING_OPTIONS, KeyRing } from './key-ring.service.js';
import { KeyRotation } from './key-rotation.service.js';
import { PairwiseSubjects } from './pairwise-subjects.js';
import { SigningKeyStore } from './persistence/signing-key.store.js';

/** Signing keys and what is derived from the key-encryption key. */
@Global()
@Module({})
export class KeysModule {
  static with(encryptionKey: Buffer, options: KeyRingOptions): DynamicModule {
    return {
      module: KeysModule,
      providers: [
        { provide: KeyEncryption, useValue: new KeyEncryption(encryptionKey) },
        { provide: KEY_RING_OPTIONS, useValue: options },
        SigningKeyStore,
        KeyRing,
        KeyRotation,
        PairwiseSubjects,
      ],
      exports: [KeyEncryption, KeyRing, KeyRotation, PairwiseSubjects],
    };
  }
}
