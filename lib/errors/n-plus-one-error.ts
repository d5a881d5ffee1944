import { BigRecordError } from './bigrecord-error.js';

/** A session in strict mode found a relation being loaded record by record. Nothing was sent for this one. */
export class NPlusOneError extends BigRecordError {
  constructor(model: string, property: string, records: number) {
    super(
      `${model}.${property} is loaded for one record after another of ${records} that came together, a request each (N+1).` +
        ` Say .preload('${property}') on the query that reads them. This error comes from the session's \`preload: 'strict'\`; nothing was sent.`,
    );
  }
}
