/** What a check has found. `note`: worth knowing, and nothing is wrong. `unknown`: it could not be found out. */
export type CheckStatus = 'ok' | 'problem' | 'note' | 'unknown';

/** One finding. */
export interface Check {
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found; for a problem, what to do about it too. */
  readonly message: string;
  /** Figures, for programs. */
  readonly data?: Readonly<Record<string, unknown>>;
}
