/** The version of this package, as in package.json. */
export const VERSION = '0.1.0';

/** A value that copies share, with their version. */
type Shared<T> = T & { readonly version: string };

const holder = globalThis as { [key: symbol]: Shared<object> | undefined };

/**
 * Returns a value that all copies of this package in a process share, if they have the same version. There may be several copies:
 * bundlers put one into each bundle, npm installs one for each required version.
 */
export function sharedByCopies<T extends object>(name: string, make: () => T): T {
  const first = shared(`bigrecord.${name}`, make);
  return first.version === VERSION ? first : shared(`bigrecord.${name}@${VERSION}`, make);
}

/** Returns the corresponding values of copies of other versions. */
export function sharedByOtherVersions<T extends object>(name: string): Shared<T>[] {
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

/** Identifies this copy. Our classes and objects have it under {@link COPY}, so that other copies recognise them. */
export const THIS_COPY: Copy = { version: VERSION };

export const COPY: unique symbol = Symbol.for('bigrecord.copy') as never;

/** Returns the copy that created a class or object; `undefined` if it is not from this package. */
export function copyOf(value: unknown): Copy | undefined {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  return (value as { readonly [COPY]?: Copy })[COPY];
}

/** Returns the end of an error message for an object from another copy of the package; `undefined` for any other object. */
export function fromOtherCopy(value: unknown): string | undefined {
  const copy = copyOf(value);
  return copy === undefined || copy === THIS_COPY ? undefined : otherCopy(copy.version);
}

export const otherCopy = (version: string): string =>
  `it is from another copy of bigrecord (${version}, this one is ${VERSION}) in the same process. Install a single version:` +
  ' `npm ls bigrecord` lists them. Keep the package out of bundles, or put it into one only. Nothing was sent.';
