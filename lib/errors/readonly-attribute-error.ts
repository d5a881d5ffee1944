import { ArgumentError } from './argument-error.js';

/** The parts of a {@link ReadonlyAttributeError}. */
export interface ReadonlyAttributeErrorInit {
  /** The name of the model. */
  readonly model: string;
  /** The property that was set. */
  readonly attribute: string;
  /** The attribute to set instead, if there is one. */
  readonly use?: string | undefined;
}

/**
 * A read-only attribute or the key of a record was set. The store would ignore it although the save seemed to succeed, so nothing was
 * sent.
 *
 * @example
 * order.status = 'Shipped';
 * await order.save();          // throws: Order.status is read-only; set status_id instead.
 */
export class ReadonlyAttributeError extends ArgumentError {
  readonly model: string;
  readonly attribute: string;
  /** The attribute to set instead; `undefined` if there is none. */
  readonly use: string | undefined;

  constructor(message: string, { model, attribute, use }: ReadonlyAttributeErrorInit) {
    super(message);
    this.model = model;
    this.attribute = attribute;
    this.use = use;
  }
}
