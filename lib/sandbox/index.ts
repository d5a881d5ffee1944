export type { DeliveryReport } from './deliveries.js';
export type { Fault } from './faults.js';
export type { RateLimit } from './rate-limit.js';
export { type LoggedRequest, Sandbox, type SandboxOptions } from './sandbox.js';
