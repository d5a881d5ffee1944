import { BigRecordError } from './bigrecord-error.js';

/** A session with `preload: 'strict'` detected that a relation is loaded record by record. Nothing was sent. */
export class NPlusOneError extends BigRecordError {
  constructor(model: string, property: string, records: number) {
    super(
      `${model}.${property} is loaded one by one for ${records} records that were read together, with a request for each (N+1).` +
        ` Add .preload('${property}') to the query that reads them. This error comes from the session's \`preload: 'strict'\`; nothing was sent.`,
    );
  }
}
