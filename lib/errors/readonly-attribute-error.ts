import { ArgumentError } from './argument-error.js';

/** The parts of a {@link ReadonlyAttributeError}. */
export interface ReadonlyAttributeErrorInit {
  /** The name of the model. */
  readonly model: string;
  /** The property that was set. */
  readonly attribute: string;
  /** The attribute to set instead, where there is one. */
  readonly use?: string | undefined;
}

/**
 * An attribute was set that only the store sets: a read-only one, or the key of a record. The store would ignore it while the
 * save appeared to succeed, so nothing is sent.
 *
 * @example
 * order.status = 'Shipped';
 * await order.save();          // throws: Order.status is read-only; set status_id instead.
 */
export class ReadonlyAttributeError extends ArgumentError {
  readonly model: string;
  readonly attribute: string;
  /** The attribute to set instead; `undefined` where there is none. */
  readonly use: string | undefined;

  constructor(message: string, { model, attribute, use }: ReadonlyAttributeErrorInit) {
    super(message);
    this.model = model;
    this.attribute = attribute;
    this.use = use;
  }
}
