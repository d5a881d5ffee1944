import { answers } from './answers.js';
import type { Fault } from './fault.js';
import { network } from './network.js';

/** All faults, in the order of the catalogue. */
export const FAULTS: readonly Fault[] = [...network, ...answers];
