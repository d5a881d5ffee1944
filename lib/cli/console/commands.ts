import type { REPLServer } from 'node:repl';
import { nearest } from '../../errors/nearest.js';
import type { ModelClass } from '../../model/model.js';
import { tableOf } from '../table.js';
import { isModel, namedModels } from './scope.js';

const HELP = `In scope:
  v2, v3             the models of both API generations: v3.Product, v2.Order
  Product, Order, …  all models by their bare names: V3's, if both have one
  session            session.get('/catalog/summary'), session.rateLimit, session.graphql(…)
  Session, Model     and the errors: RecordNotFoundError, ValidationError, …
  _                  the last value; _error the last error

Try:
  const product = await Product.find(1)
  product.price = 9
  product                                  ~ marks what has changed; loaded relations are named
  await product.images
  await Product.where({ price: { min: 10 } }).limit(3)
  await v2.Order.where({ status_id: 11 }).count()
  Product.where({ name: 'Mug' }).explain()

Commands:
  .models [word]     lists models, or those with a word in their names
  .describe <model>  lists attributes, filters, relations and operations of a model
  .requests          prints no more requests, or prints them again
  .clear, .editor, .load <file>, .save <file>
  .exit              ends the console, as Ctrl-D does; Ctrl-C stops waiting

Tab completes models, methods, attributes, relations, and filters inside where({.`;

/** Adds commands to a REPL, which begin with a dot. */
export function addCommands(server: REPLServer, requests: { areShown: boolean }): void {
  const define = (name: string, help: string, text: (argument: string) => string): void =>
    server.defineCommand(name, {
      help,
      action(argument) {
        this.output.write(`${text(argument.trim())}\n`);
        this.displayPrompt();
      },
    });
  define('help', 'Explain what is in scope', () => HELP);
  define('models', 'List models', modelList);
  define('describe', 'List attributes, filters, relations and operations of a model', describe);
  define('requests', 'Print no more requests, or print them again', () => {
    requests.areShown = !requests.areShown;
    return requests.areShown ? 'Requests are printed.' : 'Requests are not printed.';
  });
}

function modelList(word: string): string {
  const found = [...namedModels()].filter(([name]) => name.toLowerCase().includes(word.toLowerCase()));
  if (found.length === 0) return `No model has '${word}' in its name.`;
  return tableOf(found.map(([name, { resource }]) => [name, `/${resource.version}${resource.path}`])).join('\n');
}

function describe(name: string): string {
  const model: unknown = namedModels().get(name) ?? Reflect.get(globalThis, name);
  if (isModel(model)) return descriptionOf(model);
  if (name === '') return 'Name a model: .describe v3.Product';
  const meant = nearest(
    name,
    [...namedModels().keys()].flatMap((each) => [each, each.slice(3)]),
  );
  return `There is no model ${name}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}

function descriptionOf({ resource }: ModelClass): string {
  const { version, path, attributes, relations, filters, operations } = resource;
  const facts = ({ readOnly, required, unique }: (typeof attributes)[string]): string =>
    [readOnly && 'read-only', required && 'required', unique && 'unique'].filter(Boolean).join(', ');
  return [
    `${resource.name}  /${version}${path}`,
    `Operations: ${operations.join(', ')}`,
    'Attributes:',
    ...tableOf(Object.values(attributes).map((each) => [`  ${each.property}`, each.type, facts(each)])),
    `Relations: ${Object.keys(relations).join(', ') || 'none'}`,
    `Filters: ${filters === undefined ? 'not declared' : Object.keys(filters).join(', ')}`,
  ].join('\n');
}
