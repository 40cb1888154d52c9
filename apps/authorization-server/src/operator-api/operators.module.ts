import { Module } from '@nestjs/common';
import { Operators } from './operators.service.js';

/** Who is an operator. */
@Module({ providers: [Operators], exports: [Operators] })
export class OperatorsModule {}
