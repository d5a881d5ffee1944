import type { AttributeCast } from '../schema/attribute-cast.js';
import type { Decimals } from '../schema/decimals.js';

/** Where one attribute of the API lives on a record, and how it gets there. */
export interface Slot {
  /** The API's name. */
  readonly name: string;
  readonly property: string;
  readonly readOnly: boolean;
  readonly declared: boolean;
  /** Its place among the declared ones; others come behind. */
  readonly place: number;
  /** Not a property of the record: the name would hide a method or a field of the class. */
  readonly isHidden: boolean;
  readonly cast: AttributeCast | undefined;
  /** Decimal places that are sent. */
  readonly decimals: Decimals | undefined;
}
