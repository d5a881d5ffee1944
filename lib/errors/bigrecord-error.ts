import { giveStack } from './call-site.js';

/** The root of every error this library throws: `catch (error) { if (error instanceof BigRecordError) … }`. */
export class BigRecordError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    giveStack(this);
  }
}
