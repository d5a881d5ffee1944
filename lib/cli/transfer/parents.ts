import { ArgumentError } from '../../errors/argument-error.js';
import { pathNames } from '../../transport/path.js';
import { UsageError } from '../usage-error.js';
import type { NamedModel } from './model-named.js';

/** @throws UsageError if the keys of `--of` are more or fewer than the path of the resource has */
export function assertParents({ name, model: { resource } }: NamedModel, of: readonly string[]): void {
  const names = pathNames(resource.path);
  if (of.length === names.length) return;
  if (names.length === 0) throw new UsageError(`--of: ${name} has no parents. Leave the option out.`);
  throw new UsageError(`--of ${of.join(',')}: ${name} is below ${resource.path}, so it takes ${names.join(',')}.`);
}

/** Does work that fails if it misses the parents of a resource. @throws UsageError that asks for `--of` */
export function askingForParents<T>({ name, model: { resource } }: NamedModel, of: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    const names = pathNames(resource.path);
    if (!(error instanceof ArgumentError) || of.length > 0 || names.length === 0) throw error;
    throw new UsageError(`${name} is below ${resource.path}: say whose it is with --of <${names.join(',')}>.`, { cause: error });
  }
}
