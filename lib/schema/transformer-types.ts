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

/** The metadata of class-transformer's decorators. All but `getStrategy` include the ancestors of a class. */
export interface MetadataStorage {
  getStrategy(target: unknown): 'none' | 'excludeAll' | 'exposeAll';
  getExposedMetadatas(target: unknown): ExposeMetadata[];
  getExcludedMetadatas(target: unknown): { readonly propertyName?: string }[];
  findTransformMetadatas(target: unknown, property: string, direction: number): TransformMetadata[];
  findTypeMetadata(target: unknown, property: string): { readonly typeFunction: () => unknown } | undefined;
  addExposeMetadata(metadata: { target: unknown; propertyName: undefined; options: object }): void;
  addExcludeMetadata(metadata: { target: unknown; propertyName: undefined; options: object }): void;
}

export interface ClassTransformer extends Pick<typeof import('class-transformer'), 'instanceToPlain' | 'plainToInstance'> {
  readonly storages: readonly MetadataStorage[];
}
