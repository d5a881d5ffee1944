export type { DeliveryReport } from './deliveries.js';
export type { Fault } from './faults.js';
export type { RateLimit } from './rate-limit.js';
export type { LoggedRequest } from './responder.js';
export { Sandbox, type SandboxOptions } from './sandbox.js';
export type { Snapshot } from './snapshot.js';
