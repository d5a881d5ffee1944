import { type Command, Option } from 'commander';
import type { GenerateModelOptions } from '../generate/run-model.js';
import type { GenerateTypesOptions } from '../generate/run-types.js';
import { addCommand, addStoreOptions, several, wholeNumber } from '../options.js';
import type { Terminal } from '../terminal.js';

const MODEL = `
Examples:
  $ npx bigrecord generate model v3/catalog/brands                          from rows of the store
  $ npx bigrecord generate model v2/orders/100/products --name Line         /orders/:order_id/products
  $ npx bigrecord generate model widgets.v3.yml --path /content/widgets --out widget.ts
  $ npx bigrecord generate model https://shop.example.com/api/gift-notes    from rows of your own service
  $ npx bigrecord generate model https://shop.example.com/openapi.json --path /gift-notes

Rows tell the types of attributes, and which may be missing or null. A description (OpenAPI 3, Swagger 2; JSON or YAML) also tells filters,
operations, what is required and what only the store sets. The class compiles under strict options. Look it over: it is yours.

Exit codes: 0 done, 1 failed, 2 called wrongly (an option, a path that the description does not have, a file that exists).`;

const TYPES = `
Examples:
  $ npx bigrecord generate types --out store-types.ts
  $ npx bigrecord generate types --dotenv .env --rows 50000

Custom fields of products with their values, metafields by namespace and key, attributes of customers, form fields of customers and
addresses: whatever has a name in your store only. With functions that read them from records.

Exit codes: 0 done, 1 failed, 2 called wrongly (an option, a file that exists).`;

/** Adds `bigrecord generate`, which prints TypeScript made for one store. */
export function addGenerate(program: Command, terminal: Terminal): void {
  const generate = addCommand(program, 'generate', {
    summary: 'print TypeScript made for a store: a model, or its own names as types',
    description: 'Prints TypeScript made for a store.',
    more: 'bigrecord generate model --help and bigrecord generate types --help have examples.',
  });
  const model = addCommand(generate, 'model', {
    summary: 'a typed model of an endpoint, a description file, or your own service',
    description: 'Prints a typed, decorated class for an endpoint of the store, a description of an API, or a service of your own.',
    more: MODEL,
  });
  addOutputOptions(addStoreOptions(model))
    .argument('<from>', 'an endpoint (v3/catalog/brands), a file (.json, .yml), or an address (https://…)')
    .option('--name <class>', 'the name of the class (default: from the path)')
    .option('--path <path>', 'the path in the description, or that the class is to have: /widgets')
    .option('--api <version>', 'v2 or v3 (default: what the source says, else v3)')
    .option('--key <attribute>', 'the attribute that identifies a record (default: id, uuid, code, …)')
    .addOption(
      new Option('--header <header>', "for a service of your own: 'Authorization: Bearer …'; repeatable").argParser(several(String)),
    )
    .addOption(new Option('--rows <number>', 'how many sample rows to read').default(50).argParser(wholeNumber(1, 250)))
    .action(async (from: string, options: GenerateModelOptions) =>
      (await import('../generate/run-model.js')).runGenerateModel(from, options, terminal),
    );
  const types = addCommand(generate, 'types', {
    summary: "types of this store's custom fields, metafields, attributes and form fields",
    description: "Prints types of this store's custom fields, metafields, customer attributes and form fields.",
    more: TYPES,
  });
  addOutputOptions(addStoreOptions(types))
    .addOption(
      new Option('--rows <number>', 'at most this many records of each kind').default(10_000).argParser(wholeNumber(1, 10_000_000)),
    )
    .action(async (options: GenerateTypesOptions) => (await import('../generate/run-types.js')).runGenerateTypes(options, terminal));
}

const addOutputOptions = (command: Command): Command =>
  command
    .option('-o, --out <file>', 'write to this file instead of printing')
    .option('--force', 'replace the file if it exists')
    .option('--json', 'print a line of JSON');
