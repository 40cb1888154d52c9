export { AddressRules } from './address-rules.js';
export { OUTBOUND_OPTIONS, OutboundCalls } from './outbound-calls.service.js';
export type { OutboundAnswer, OutboundOptions, OutboundRequest } from './outbound-calls.service.js';
export { OutboundFailure } from './outbound-failure.js';
export type { OutboundFailureReason } from './outbound-failure.js';
export { OutboundModule } from './outbound.module.js';
