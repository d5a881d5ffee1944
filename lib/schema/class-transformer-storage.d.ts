/** What class-transformer keeps of its decorators; its types leave these modules out. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: import('./transformer-types.js').MetadataStorage;
}
declare module 'class-transformer/esm5/storage.js' {
  export const defaultMetadataStorage: import('./transformer-types.js').MetadataStorage;
}
