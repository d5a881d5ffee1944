import { answers } from './answers.js';
import { bulk } from './bulk.js';
import type { Fault } from './fault.js';
import { input } from './input.js';
import { life } from './life.js';
import { limits } from './limits.js';
import { misleading } from './misleading.js';
import { network } from './network.js';
import { reads } from './reads.js';
import { redis } from './redis.js';
import { secrets } from './secrets.js';
import { tokens } from './tokens.js';
import { webhooks } from './webhooks.js';
import { writes } from './writes.js';

/** All faults, in the order of the catalogue. */
export const FAULTS: readonly Fault[] = [
  ...network,
  ...answers,
  ...misleading,
  ...limits,
  ...redis,
  ...writes,
  ...bulk,
  ...reads,
  ...input,
  ...secrets,
  ...tokens,
  ...webhooks,
  ...life,
];
