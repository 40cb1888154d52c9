import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { OutboundOptions } from './outbound-calls.service.js';
import { OUTBOUND_OPTIONS, OutboundCalls } from './outbound-calls.service.js';

/** Calls to addresses that others registered. */
@Module({})
export class OutboundModule {
  static with(options: OutboundOptions): DynamicModule {
    return {
      module: OutboundModule,
      global: true,
      providers: [{ provide: OUTBOUND_OPTIONS, useValue: options }, OutboundCalls],
      exports: [OutboundCalls],
    };
  }
}
