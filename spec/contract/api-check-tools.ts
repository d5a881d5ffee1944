import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type ts from 'typescript5';
import { ROOT } from '../support/run.js';

/** A shape of values, as scripts/api-check reads it from a description or from our types. */
export interface Shape {
  scalars: string[];
  values: string[];
  nullable: boolean;
  items: Shape | undefined;
  maxItems: number | undefined;
  objects: ObjectShape[];
  isUnknown: boolean;
  /** Whether other values than the enumerated ones are allowed. */
  isOpen?: boolean;
  isDate: boolean;
  /** Whether it is the row of a model. */
  isModel?: boolean;
  /** The shape in which it is given, if that is another one than it is read in. */
  given?: Shape;
}

export interface ObjectShape {
  fields: Record<string, FieldShape>;
  required: string[];
  isOpaque: boolean;
  isExtensible?: boolean;
}

export interface FieldShape {
  shape: Shape;
  readOnly: boolean;
  isRelation?: boolean;
}

export interface DescribedOperation {
  id: string;
  file: string;
  method: string;
  parameters: Record<string, { shape: Shape; maximum?: number }>;
  body: Shape | undefined;
  response: { form: string; row?: Shape };
}

export interface DeclaredModel {
  name: string;
  version: string;
  path: string;
  key: string;
  addressing: string;
  operations: string[];
  batch: Record<string, unknown>;
  batchOnly: string[];
  collectionPath: { path: string; parent: string } | undefined;
  cursor: boolean;
  deleteFilters: string[];
  identity: string[];
  includes: string[];
  noEnvelope: boolean;
  omitsListRows: boolean;
  pageSize: number;
  filters: Record<string, string>;
  params?: Record<string, Record<string, { shape: Shape }>>;
  responses?: Record<string, string>;
  row: Shape;
  actions: object[];
}

export interface DeclaredOperation {
  id: string;
  role: string;
  owner: DeclaredModel;
  /** The name of the model, or of the action: `Cart.addItems`. */
  model: string;
  /** Of the response: row, rows, none, or unknown. */
  form: string;
  row?: Shape;
  body?: Shape;
  isBatch?: boolean;
  isUpsert?: boolean;
  /** Whether the body is a form. */
  isForm?: boolean;
  isDerived?: boolean;
}

export interface Difference {
  operation: string;
  field: string;
  kind: string;
  described: string;
  declared: string;
  by: string | undefined;
}

interface Explanation {
  operation: string;
  field?: string;
  kind?: string;
  reason: string;
  link: string;
}

/** A request that a method of a model sends. */
export interface Action {
  name: string;
  method: string;
  version: string;
  place: { of: string; model?: string };
  paths: string[];
  body: Shape | undefined;
  isForm: boolean;
  parameters: Record<string, { shape: Shape }>;
  form: string;
  row?: Shape;
}

type ReadType = (type: ts.Type) => Shape;

interface Tools {
  readDescription(file: string, text: string): DescribedOperation[];
  readDescriptions(folder: string): DescribedOperation[];
  readModels(): Promise<DeclaredModel[]>;
  operationsOf(model: DeclaredModel, models: DeclaredModel[]): DeclaredOperation[];
  compareAll(described: DescribedOperation[], models: DeclaredModel[]): Difference[];
  explain(differences: Difference[], explanations: Explanation[]): { unexplained: Difference[]; explained: number; stale: Explanation[] };
  EXPLANATIONS: Explanation[];
  typeReader(checker: ts.TypeChecker, rowOf: (symbol: ts.Symbol | undefined) => Shape | undefined): ReadType;
  readActions(files: ts.SourceFile[], checker: ts.TypeChecker, read: ReadType): { version: string; className: string; action: Action }[];
  shape(parts?: Partial<Shape>): Shape;
}

/** Loads the functions of files in scripts/, which are no part of the package. */
export async function loadScripts<Functions>(...files: string[]): Promise<Functions> {
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(resolve(ROOT, 'scripts', file)).href)));
  return Object.assign({}, ...modules);
}

/** Loads the functions of scripts/api-check. */
export function apiCheck(): Promise<Tools> {
  const files = ['read-descriptions', 'read-models', 'operations-of', 'check', 'explanations', 'shapes', 'read-types', 'read-actions'];
  return loadScripts(...files.map((file) => `api-check/${file}.js`));
}

let models: Promise<DeclaredModel[]> | undefined;

/** Reads what the models declare, once for all specs, because that compiles them. Who changes a declaration takes a copy. */
export function declaredModels(): Promise<DeclaredModel[]> {
  models ??= apiCheck().then(({ readModels }) => readModels());
  return models;
}
