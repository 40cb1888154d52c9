import { Global, Module } from '@nestjs/common';
import { AssertionRates } from '@valetkey/oauth';
import { RequestRates } from './request-rates.service.js';

/** What requests are counted by; client authentication asks it, too. Needs `RateLimiter` globally. */
@Global()
@Module({
  providers: [RequestRates, { provide: AssertionRates, useExisting: RequestRates }],
  exports: [RequestRates, AssertionRates],
})
export class RequestRatesModule {}
