/** The two directions of class-transformer, by its own numbers. */
export const TO_CLASS = 0;
export const TO_PLAIN = 1;

export interface TransformMetadata {
  readonly options?: { readonly toClassOnly?: boolean; readonly toPlainOnly?: boolean };
  transformFn(params: { value: unknown; key: string; obj: object; type: number; options: object }): unknown;
}

interface ExposeMetadata {
  readonly propertyName?: string;
  readonly options?: { readonly name?: string };
}

interface TypeMetadata {
  typeFunction(help: { newObject: object; object: object; property: string }): unknown;
}

/** The metadata of class-transformer's decorators, as its own transformer reads it. Includes ancestors of a class, except in `getStrategy`. */
export interface MetadataStorage {
  getStrategy(target: unknown): 'none' | 'excludeAll' | 'exposeAll';
  getExposedMetadatas(target: unknown): ExposeMetadata[];
  getExcludedMetadatas(target: unknown): { readonly propertyName?: string }[];
  findTransformMetadatas(target: unknown, property: string, direction: number): TransformMetadata[];
  findTypeMetadata(target: unknown, property: string): TypeMetadata | undefined;
  addExposeMetadata(metadata: { target: unknown; propertyName: undefined; options: object }): void;
  addExcludeMetadata(metadata: { target: unknown; propertyName: undefined; options: object }): void;
}

export interface ClassTransformer extends Pick<typeof import('class-transformer'), 'instanceToPlain' | 'plainToInstance'> {
  readonly storages: readonly MetadataStorage[];
}
