export { encryptClaims, encryptJws } from './encrypt-jws.js';
export type { FindEncryption, RecipientEncryption } from './encrypt-jws.js';
export { KeyEncryption, WrongEncryptionKey } from './key-encryption.js';
export { KeyRing } from './key-ring.service.js';
export type { KeyRingOptions } from './key-ring.service.js';
export { KeyRotation } from './key-rotation.service.js';
export type { RotationOutcome } from './key-rotation.service.js';
export { KeysModule } from './keys.module.js';
export { PairwiseSubjects } from './pairwise-subjects.js';
