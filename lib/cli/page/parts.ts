import type { StoreCredentials } from '../../sandbox/app.js';
import type { Inside } from '../../sandbox/inside.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Apps } from '../sandbox/apps.js';
import type { Log } from '../sandbox/log.js';

/** What the page shows. */
export interface PageParts {
  /** The path of the page. */
  readonly base: string;
  readonly store: Sandbox;
  readonly inside: Inside;
  readonly log: Log;
  readonly apps: Apps;
  credentials(): StoreCredentials;
  /** What was left of the quota after the last request; `undefined` before the first one. */
  quota(): string | undefined;
}
