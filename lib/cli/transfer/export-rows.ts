import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Session } from '../../model/session.js';
import { UsageError } from '../usage-error.js';
import { asUsage } from './as-usage.js';
import { type Checkpoint, type Output, OutputFile, readCheckpoint, refuseOther } from './checkpoint.js';
import { type ExportQuery, exportQuery, type Selection } from './export-query.js';
import type { NamedModel } from './model-named.js';
import { askingForParents } from './parents.js';
import { CsvFormat, type Format, ndjson, type RowFormat } from './row-format.js';
import { walk } from './walk.js';

/** What an export is to do. */
export interface ExportPlan {
  readonly named: NamedModel;
  readonly session: Session;
  readonly selection: Selection;
  readonly format: Format;
  /** `undefined` for the standard output. */
  readonly file: string | undefined;
  /** Begins again, whatever an earlier run has left. */
  readonly restart: boolean;
  /** Replaces a file that exists. */
  readonly force: boolean;
  /** Which store it is, so that an export is not continued from another one. */
  readonly store: string;
}

/** How an export begins. */
interface ExportStart {
  /** How many rows there will be; `undefined` if the API does not tell. */
  readonly total: number | undefined;
  /** How many rows an interrupted run has left. */
  readonly before: number;
  /** Why an interrupted run is not continued, if there was one. */
  readonly note: string | undefined;
}

/** What an export has done. */
export interface ExportResult {
  readonly rows: number;
  readonly bytes: number;
}

/** Listens to an export. */
export interface ExportListener {
  started(start: ExportStart): void;
  progressed(rows: number): void;
}

/** How often the checkpoint is written: after a kill, at most this much work comes again. */
const CHECKPOINT_EVERY_MS = 200;

/**
 * Exports records, in constant memory: the next page is read only when the last one is written.
 *
 * @param standardOutput where the rows go if there is no file
 * @throws UsageError if the file exists, or an interrupted export of it was another one
 */
export async function exportRows(plan: ExportPlan, standardOutput: Output, listener: ExportListener): Promise<ExportResult> {
  const { named, session, selection, file } = plan;
  const wanted = asUsage(named, () => {
    const made = exportQuery(named, session, selection);
    askingForParents(named, selection.of ?? [], () => made.query.toRequest());
    return made;
  });
  const { checkpoint, note } = file === undefined ? NOTHING_LEFT : await leftBy(plan, file, wanted);
  const before = checkpoint?.rows ?? 0;
  listener.started({ total: await totalOf(wanted), before, note });
  const run = new ExportRun(plan, wanted, formatIn(plan, wanted, checkpoint), listener, before);
  if (file === undefined) return run.write(standardOutput, undefined);
  const output = await OutputFile.open(file, checkpoint);
  try {
    const result = await run.write(output, checkpoint?.cursor, output);
    await output.finish();
    return result;
  } catch (error) {
    await output.close();
    throw error;
  }
}

interface Left {
  readonly checkpoint?: Checkpoint | undefined;
  readonly note?: string | undefined;
}

const NOTHING_LEFT: Left = {};

/** Returns what an interrupted run has left. @throws UsageError if the file exists, or that run was another one */
async function leftBy({ restart, force, ...plan }: ExportPlan, file: string, wanted: ExportQuery): Promise<Left> {
  assertTarget(file, force);
  if (restart) return NOTHING_LEFT;
  const checkpoint = await readCheckpoint(OutputFile.checkpointOf(file));
  if (checkpoint === undefined) {
    const isBegun = existsSync(OutputFile.partOf(file));
    return isBegun ? { note: `An earlier export of ${file} was interrupted before it had written a page: it begins again.` } : NOTHING_LEFT;
  }
  refuseOther('export', file, descriptionOf(plan, wanted), checkpoint.of);
  return { checkpoint };
}

/** @throws UsageError if the file cannot be made or must not be replaced: a device such as /dev/stdout would become a file */
function assertTarget(file: string, force: boolean): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new UsageError(`${file} is a folder: name a file in it.`);
  if (found !== undefined && !found.isFile())
    throw new UsageError(`${file} is not a file that can be replaced: leave it out to write to the standard output.`);
  if (found !== undefined && !force) throw new UsageError(`${file} exists already. Pass --force to replace it once the export is whole.`);
  if (!existsSync(dirname(file))) throw new UsageError(`${file} cannot be written: there is no folder ${dirname(file)}. Make it first.`);
}

/** Describes what is exported: only an export of the same is continued. */
function descriptionOf(
  { named, store, format, selection }: Pick<ExportPlan, 'named' | 'store' | 'format' | 'selection'>,
  wanted: ExportQuery,
): Checkpoint['of'] {
  const { method: _, query, ...request } = wanted.query.toRequest();
  const { limit: _size, ...filters } = query;
  return {
    store,
    model: named.name,
    path: request.path,
    query: JSON.stringify(filters),
    limit: String(selection.limit ?? ''),
    select: (wanted.selected ?? []).join(','),
    include: wanted.relations.join(','),
    format,
  };
}

/** Counts the rows, in one request; `undefined` if the API cannot. */
async function totalOf({ query, resource }: ExportQuery): Promise<number | undefined> {
  return resource.operations.includes('count') ? query.count() : undefined;
}

function formatIn({ format }: ExportPlan, { resource, selected, relations }: ExportQuery, checkpoint: Checkpoint | undefined): RowFormat {
  if (format === 'ndjson') return ndjson;
  const names = selected === undefined ? Object.keys(resource.attributes) : [...new Set([resource.key, ...selected])];
  return new CsvFormat(resource, [...names, ...relations], checkpoint?.columns);
}

class ExportRun {
  readonly #plan: ExportPlan;
  readonly #wanted: ExportQuery;
  readonly #format: RowFormat;
  readonly #listener: ExportListener;
  #rows: number;

  constructor(plan: ExportPlan, wanted: ExportQuery, format: RowFormat, listener: ExportListener, before: number) {
    this.#plan = plan;
    this.#wanted = wanted;
    this.#format = format;
    this.#listener = listener;
    this.#rows = before;
  }

  /** Writes all rows after the cursor. @param file where checkpoints are kept, if the run can be continued */
  async write(output: Output, cursor: string | undefined, file?: OutputFile): Promise<ExportResult> {
    const of = descriptionOf(this.#plan, this.#wanted);
    for await (const page of this.#pages(cursor)) {
      await output.write(this.#format.textOf(await this.#wanted.rowsOf(page.items)));
      this.#rows += page.items.length;
      this.#listener.progressed(this.#rows);
      if (file?.isDue(CHECKPOINT_EVERY_MS) !== true || page.cursor === undefined) continue;
      await file.keep({ of, rows: this.#rows, cursor: page.cursor, columns: this.#format.columns });
    }
    // A CSV file of no rows has its header all the same.
    if (this.#format.columns === undefined) await output.write(this.#format.textOf([]));
    return { rows: this.#rows, bytes: output.bytes };
  }

  #pages(cursor: string | undefined): ReturnType<typeof walk> {
    const { query, resource } = this.#wanted;
    const { limit, order } = this.#plan.selection;
    const rest = limit === undefined ? query : query.limit(Math.max(0, limit - this.#rows));
    return walk(rest, resource, order !== undefined, cursor);
  }
}
