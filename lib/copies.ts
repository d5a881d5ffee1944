/** The version of this package, as package.json has it. */
export const VERSION = '0.1.0';

/** What copies share, with the version of those that do. */
type Shared<T> = T & { readonly version: string };

const holder = globalThis as { [key: symbol]: Shared<object> | undefined };

/**
 * Several copies of this package may be in one process: bundlers make one for each bundle, npm installs one for each version
 * that is asked for. Copies of one version share what this gives; those of another version have their own.
 */
export function sharedByCopies<T extends object>(name: string, make: () => T): T {
  const first = shared(`bigrecord.${name}`, make);
  return first.version === VERSION ? first : shared(`bigrecord.${name}@${VERSION}`, make);
}

/** What copies of other versions have in its place. */
export function ofOtherVersions<T extends object>(name: string): Shared<T>[] {
  return Object.getOwnPropertySymbols(globalThis)
    .filter(({ description = '' }) => description.split('@')[0] === `bigrecord.${name}`)
    .map((key) => holder[key] as Shared<T>)
    .filter(({ version }) => version !== VERSION);
}

function shared<T extends object>(name: string, make: () => T): Shared<T> {
  return (holder[Symbol.for(name)] ??= Object.assign(make(), { version: VERSION })) as Shared<T>;
}

interface Copy {
  readonly version: string;
}

/** This copy. Our classes and objects carry it under {@link COPY}, so that another copy knows them. */
export const THIS_COPY: Copy = { version: VERSION };

export const COPY: unique symbol = Symbol.for('bigrecord.copy') as never;

/** The copy that a class or object of ours is of; `undefined` for what is not of this package. */
export function copyOf(value: unknown): Copy | undefined {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  return (value as { readonly [COPY]?: Copy })[COPY];
}

/** What is wrong with something that is of another copy, and what to do; `undefined` where it is not. */
export function foreign(value: unknown): string | undefined {
  const copy = copyOf(value);
  return copy === undefined || copy === THIS_COPY ? undefined : otherCopy(copy.version);
}

export const otherCopy = (version: string): string =>
  `it is of another copy of bigrecord (${version}, this one is ${VERSION}) in the same process. Install one version, which \`npm ls bigrecord\`` +
  ' shows; and either leave the package out of all bundles or take it into one. Nothing was sent.';
