export { BelongsTo } from './associations/belongs-to.js';
export { HasOne } from './associations/has-one.js';
export {
  type BulkOptions,
  type BulkOutcome,
  type BulkProgress,
  BulkResult,
  BulkRun,
  type Source,
  type UpdateManyOptions,
} from './bulk/bulk-run.js';
export * from './errors/index.js';
export type { Collection } from './model/collection.js';
export { HasMany, type HasManyOptions } from './model/has-many.js';
export { Model, type ModelClass, type Parent } from './model/model.js';
export type { ModelStatics } from './model/model-statics.js';
export type { Page } from './model/page.js';
export type { Partition, Query } from './model/query.js';
export { Resource } from './model/resource.js';
export { type RetypedClass, retype } from './model/retype.js';
export { Session } from './model/session.js';
export { type ThroughOptions, throughParent } from './persistence/through-parent.js';
export type { ActionOptions, ParamsFor, RecordCallOptions, RecordSaveOptions } from './query/params.js';
export type { KeyRange } from './query/partitions.js';
export {
  type DeclaredFilters,
  type Filter,
  filtersOf,
  type RangeFilter,
  type UncheckedFilters,
  type V2Filters,
  type Where,
} from './query/where.js';
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
  ParamDeclarations,
  ParamTypes,
  RelationDeclaration,
  RelationKind,
  ResourceDeclaration,
  ResourceOptions,
  Responses,
  Statuses,
} from './schema/declaration.js';
export type { Operators } from './schema/dialect.js';
export type { Instead } from './schema/guesses.js';
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
export type { Through, UpdateMode } from './schema/through.js';
export type {
  AttributeName,
  Attributes,
  Changes,
  CreateAttributes,
  CreateRest,
  GivenAs,
  GivenAttributes,
  IncludeName,
  Money,
  NewAttributes,
  Open,
  RelationPath,
  RequiredNames,
  ReservedName,
  Retyped,
  Selected,
  SelectedFrom,
  SelectedName,
  UpdateRow,
  UpsertRow,
  Whole,
} from './schema/types.js';
export { supplies } from './schema/types.js';
export * from './session/index.js';
export type { NetworkOptions } from './transport/network.js';
export type { Key } from './transport/path.js';
export type {
  ApiResponse,
  CallOptions,
  Method,
  QueryParams,
  QueryValue,
  ReconcileOptions,
  RequestDescription,
  RetryOptions,
  SaveOptions,
  TimeoutOptions,
  Version,
} from './transport/request.js';
