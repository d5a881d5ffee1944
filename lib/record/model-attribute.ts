import type { AttributeCast } from '../schema/attribute-cast.js';
import type { Decimals } from '../schema/decimals.js';

/** One attribute of a class: its names, and how its value is converted. */
export interface ModelAttribute {
  /** The API's name. */
  readonly name: string;
  readonly property: string;
  readonly readOnly: boolean;
  readonly declared: boolean;
  /** Its position among the declared ones; undeclared ones come last. */
  readonly place: number;
  /** Stored outside the record, because the name would hide a method or a field of the class. */
  readonly isHidden: boolean;
  readonly cast: AttributeCast | undefined;
  /** The number of decimal places to send. */
  readonly decimals: Decimals | undefined;
}
