export * from './errors/index.js';
export { Model, type ModelClass, type Parent } from './model/model.js';
export { Resource } from './model/resource.js';
export type { Changes } from './model/state.js';
export type { Collection } from './query/collection.js';
export type { Page } from './query/page.js';
export type { Query } from './query/query.js';
export type { Where } from './query/where.js';
export { BelongsTo } from './relations/belongs-to.js';
export { HasMany, type HasManyOptions } from './relations/has-many.js';
export { HasOne } from './relations/has-one.js';
export { Attribute, type AttributeOptions, Validate } from './schema/attribute.js';
export type {
  Addressing,
  AttributeDeclaration,
  AttributeType,
  BatchLimits,
  Cast,
  CollectionPath,
  FilterDeclarations,
  FilterType,
  Operation,
  RelationDeclaration,
  RelationKind,
  ResourceDeclaration,
  ResourceOptions,
  Statuses,
} from './schema/declaration.js';
export type { Operators } from './schema/dialect.js';
export {
  AfterCreate,
  AfterDestroy,
  AfterLoad,
  AfterSave,
  AfterUpdate,
  BeforeCreate,
  BeforeDestroy,
  BeforeSave,
  BeforeUpdate,
} from './schema/hooks.js';
export type { Attributes, GivenAttributes, NewAttributes, RelationPath, ReservedName, UpdateRow } from './schema/types.js';
export * from './session/index.js';
export type { NetworkOptions } from './transport/network.js';
export type { Key } from './transport/path.js';
export type {
  Answer,
  CallOptions,
  Method,
  QueryValue,
  ReconcileOptions,
  RequestDescription,
  RetryOptions,
  SaveOptions,
  TimeoutOptions,
  Version,
} from './transport/request.js';
