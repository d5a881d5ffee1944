import { type Command, Option } from 'commander';
import { addCommand, addStoreOptions, addWriteOption, commaSeparated, several } from '../options.js';
import type { Terminal } from '../terminal.js';
import type { ImportOptions } from '../transfer/run-import.js';

const MORE = `
Examples:
  $ npx bigrecord import v3.Product products.ndjson --dry-run          what would be sent; sends nothing
  $ npx bigrecord import v3.Product products.csv --write               creates a product for each row
  $ npx bigrecord import v3.Product prices.csv --by sku --update-only --write
  $ npx bigrecord import v3.Customer customers.csv --by email --write  updates those that exist, creates the others
  $ npx bigrecord import v3.Product products.ndjson --map brand_id=brands.ndjson --map categories=categories.ndjson --write
  $ npx bigrecord import v3.Product products.ndjson.failed.ndjson --write

Files are NDJSON or CSV, such as bigrecord export writes. Columns that only the store sets are left out. Values that a record has already
are not sent. On a real store, --write allows the import; without it, the command asks on a terminal, and refuses elsewhere.

Rows that fail are written to <file>.failed.ndjson with their errors; mend them there and import that file. The keys of created records are
in <file>.keys.ndjson, beside those that the rows had; --map replaces references by them. After an interruption, the same command goes on with
the rows that are left, and creates none twice: rows that were being sent are looked up by an attribute that is unique (name, SKU, email).
--json prints a line for each event: columns, started, progress, done, or planned for a dry run.

Exit codes: 0 done, 1 failed, interrupted, or some rows failed, 2 called wrongly (an option, the file, an unknown column).`;

/** Adds `bigrecord import`, which writes rows of a file to a store. */
export function addImport(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'import', {
    summary: 'write rows of a file, NDJSON or CSV, to a store',
    description: 'Creates or updates records from the rows of a file, in batches, and continues after an interruption.',
    more: MORE,
  });
  addStoreOptions(command);
  addWriteOption(command)
    .argument('<model>', 'v3.Product, v2.Order, Customer, …')
    .argument('<file>', '.ndjson or .csv')
    .option('--by <attribute>', 'update the record that has the same value (id, sku, email); create one if there is none')
    .option('--update-only', 'create nothing: rows without a record fail (by the key, unless --by is given)')
    .option('--create-only', 'leave records that exist as they are')
    .option('--dry-run', 'show what would be sent, and send nothing')
    .addOption(
      new Option('--map <attribute=file>', 'replace references by the keys that an import of this file was given; repeatable').argParser(
        several(String),
      ),
    )
    .addOption(new Option('--of <keys>', 'the keys of the parents: 12, or 12,34 for a parent of a parent').argParser(commaSeparated))
    .addOption(new Option('--omit <columns>', 'leave out columns, or parts of them: products.variant_id').argParser(commaSeparated))
    .option('--ignore-unknown', 'leave out columns that the model does not have')
    .option('--format <format>', 'ndjson or csv (default: by the name of the file)')
    .option('--restart', 'begin again instead of continuing an interrupted import')
    .option('--json', 'print a line of JSON for each event')
    .action(async (model: string, file: string, options: ImportOptions) =>
      (await import('../transfer/run-import.js')).runImport(model, file, options, terminal),
    );
}
