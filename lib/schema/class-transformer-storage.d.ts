/** The metadata storage of class-transformer, which its own types do not include. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: import('./transformer-types.js').MetadataStorage;
}
declare module 'class-transformer/esm5/storage.js' {
  export const defaultMetadataStorage: import('./transformer-types.js').MetadataStorage;
}
