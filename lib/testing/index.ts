export type { RecordedRequest } from './cassette.js';
export type { MaskFunction, MaskPlace, MaskRule } from './cassette-mask.js';
export type { MaskOptions } from './mask-options.js';
export { type Recording, type RecordOptions, record } from './record.js';
export { type MissedRequest, type ReplayOptions, type ReplayStore, replay } from './replay.js';
