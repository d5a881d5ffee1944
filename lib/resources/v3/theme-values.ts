import type { Open } from '../../schema/types.js';
import type { OpenObject } from '../open-object.js';

/** A look of a theme. */
export interface ThemeVariation {
  /** Assigned by the store; `activate` takes it. */
  readonly uuid: string;
  /** As the control panel shows it. */
  readonly name: string;
  /** What it is meant for. */
  readonly description: string;
  /** Its name in the files of the theme. */
  readonly external_id: string;
}

/** Which state of a theme: as it came, as it was last shown, or as it was last saved. */
export type ThemeRevision = Open<'original' | 'last_activated' | 'last_created'>;

/** What to activate. */
export interface ThemeActivation {
  /** The `uuid` of a variation. */
  variation_id: string;
  /** Its settings. */
  which?: ThemeRevision;
}

/** What to download. */
export interface ThemeDownload {
  /** Default `last_activated`. */
  which?: ThemeRevision;
}

/** Settings to validate. */
export interface ThemeConfigurationDraft {
  /** The `uuid` of a variation. */
  variation_id?: string;
  /** The values, by the names that the theme gives them. */
  settings?: OpenObject;
}

/** Why a job failed. */
export interface ThemeJobError {
  /** The kind of error. */
  readonly error: string;
  /** What is wrong. */
  readonly message: string;
}

/** What did not stop a job. */
export interface ThemeJobWarning {
  /** The kind of warning. */
  readonly warning: string;
  /** What may be wrong. */
  readonly message: string;
}
