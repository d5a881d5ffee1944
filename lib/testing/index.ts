export { type BuildAttributes, Factory, type FactoryOptions, factory, type StoredAttributes } from '../sandbox/factories/factory.js';
export { chaiStore } from './chai-store.js';
export { jestMatchers, type MatcherResult } from './jest-matchers.js';
export type { StoreMatchers } from './matcher-types.js';
export type { ReceivingStore } from './received.js';
