import { type Command, Option } from 'commander';
import { addCommand, addStoreOptions, commaSeparated, several, wholeNumber } from '../options.js';
import type { Terminal } from '../terminal.js';
import type { ExportOptions } from '../transfer/run-export.js';

const MORE = `
Examples:
  $ npx bigrecord export v3.Product products.ndjson
  $ npx bigrecord export v3.Product products.csv --where is_visible=true --where price:min=10 --select name,sku,price
  $ npx bigrecord export v3.Product products.ndjson --where '{"price": {"min": 10}}' --include variants,images
  $ npx bigrecord export v2.Order orders.ndjson --where total:min=100 --include products,shipping_addresses
  $ npx bigrecord export v3.ProductImage images.csv --of 12
  $ npx bigrecord export Customer - --limit 100 | jq .email

Models are v3.Product, v2.Order and so on; a name without a generation means V3, or V2 if V3 has none of that name.
While it runs, the file is called <file>.part, with a checkpoint in <file>.part.json. After an interruption, the same command goes on
where it stopped: no row is lost, none comes twice.
--json prints a line for each event: started, progress, done; on the standard error output if rows go to the standard output.

Exit codes: 0 done, 1 failed or interrupted, 2 called wrongly (an option, a filter, a file that exists).`;

/** Adds `bigrecord export`, which writes records to a file. */
export function addExport(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'export', {
    summary: 'write records of a store to a file, NDJSON or CSV',
    description: 'Writes records of a store to a file, in constant memory, and continues after an interruption.',
    more: MORE,
  });
  addStoreOptions(command)
    .argument('<model>', 'v3.Product, v2.Order, Customer, …')
    .argument('[file]', '.ndjson or .csv; - or none for the standard output')
    .addOption(new Option('-w, --where <filter>', 'name=value, price:min=10, or JSON; repeatable').argParser(several(String)))
    .addOption(new Option('--select <names>', 'only these attributes and the key, separated by commas').argParser(commaSeparated))
    .addOption(new Option('--include <names>', 'relations as well: variants,images').argParser(commaSeparated))
    .option('--order <name>', 'sort: name, price:desc (default: by the key, which misses no row that is there throughout)')
    .addOption(new Option('--limit <rows>', 'at most this many rows').argParser(wholeNumber(1, 9_999_999_999)))
    .addOption(new Option('--of <keys>', 'the keys of the parents: 12, or 12,34 for a parent of a parent').argParser(commaSeparated))
    .option('--format <format>', 'ndjson or csv (default: by the name of the file)')
    .option('--force', 'replace the file if it exists')
    .option('--restart', 'begin again instead of continuing an interrupted export')
    .option('--json', 'print a line of JSON for each event')
    .action(async (model: string, file: string | undefined, options: ExportOptions) =>
      (await import('../transfer/run-export.js')).runExport(model, file, options, terminal),
    );
}
