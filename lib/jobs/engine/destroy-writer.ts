import { ArgumentError } from '../../errors/argument-error.js';
import { sessionOf } from '../../query/scope.js';
import { loadIn } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import { identityOf, savedKey } from '../../record/record-address.js';
import { contextOf } from '../../record/record-base.js';
import { describe } from '../../transport/path.js';
import type { JobContext } from '../context.js';
import { deleteRecords } from './delete-records.js';
import { failureOf } from './failure.js';
import type { Intent, IntentRow } from './intent.js';
import { purely } from './pure.js';
import type { PlacedRow } from './reader.js';
import { placeOf } from './records.js';
import type { Planned, WriteMode, Writer, WriterInit, Written } from './writer.js';

/** Deletes records. One that is gone already is a success, so a batch may be sent again. */
export class DestroyWriter implements Writer {
  readonly isRevertible = false;
  readonly #scope: ModelScope<object>;
  readonly #init: WriterInit;
  readonly #choose: (record: object, context: JobContext<unknown>) => unknown;

  constructor(scope: ModelScope<object>, init: WriterInit, choose: (record: object, context: JobContext<unknown>) => unknown) {
    this.#scope = scope;
    this.#init = init;
    this.#choose = choose;
  }

  async plan({ row }: PlacedRow): Promise<Planned> {
    const { context: given } = this.#init;
    const choice = await purely('destroy', given.session, () => this.#choose(row, given));
    if (choice === false || choice === undefined || choice === null) return undefined;
    if (choice !== true)
      throw new ArgumentError(`\`destroy\` must return true or false, got ${describe(choice)}. The record was left as it is.`);
    const context = contextOf(row);
    const isNamed = context.metadata.resource.identity.length > 0;
    return { k: savedKey(context), ...placeOf(context), ...(isNamed && { r: { ...identityOf(context) } }) };
  }

  async write({ rows }: Pick<Intent, 'rows'>, { attempt }: WriteMode): Promise<Written> {
    const records = new Map(rows.map((row) => [this.#recordOf(row), row]));
    const { resource } = this.#scope;
    const deleted = await deleteRecords(this.#scope, records, this.#init, (row, error) =>
      failureOf(error, { key: row.k, row: { [resource.key]: row.k }, parents: row.p, stage: 'write', attempt }),
    );
    return { ...deleted, applied: {} };
  }

  #recordOf({ k, p, r }: IntentRow): object {
    const scope = p === undefined ? this.#scope : { ...this.#scope, params: { ...this.#scope.params, ...p } };
    return loadIn(scope, { ...r, [scope.resource.key]: k }, sessionOf(scope)).record;
  }
}
