import type { AttributeCast } from '../schema/attribute-cast.js';
import type { Decimals } from '../schema/decimals.js';

/** One attribute of a class: its names, and how its value gets to the record and back. */
export interface ModelAttribute {
  /** The API's name. */
  readonly name: string;
  readonly property: string;
  readonly readOnly: boolean;
  readonly declared: boolean;
  /** Its place among the declared ones; others come after them. */
  readonly place: number;
  /** Not a property of the record: the name would hide a method or a field of the class. */
  readonly isHidden: boolean;
  readonly cast: AttributeCast | undefined;
  /** Decimal places that are sent. */
  readonly decimals: Decimals | undefined;
}
