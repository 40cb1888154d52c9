import { Module } from '@nestjs/common';
import { ScopeWordingStore } from '../scope-wording.store.js';
import { DescribedScopes } from './described-scopes.service.js';
import { OperatorWording } from './operator-wording.service.js';
import { WordingEditStore } from './wording-edit.store.js';

/** What scopes are called, and who may change that. */
@Module({
  providers: [WordingEditStore, ScopeWordingStore, OperatorWording, DescribedScopes],
  exports: [ScopeWordingStore, OperatorWording, DescribedScopes],
})
export class WordingModule {}
