import { randomUUID } from 'node:crypto';
import { propertyOf } from '../json-object.js';
import type { ResourceDeclaration, Responses } from '../schema/declaration.js';
import type { Reply } from './dialect.js';

type Operation = keyof Responses;
type Form = NonNullable<Responses[Operation]>;

/** Turns the usual response to an operation into one that a resource declares. */
const FORMS: Readonly<Record<Form, (usual: Reply, data: unknown) => Reply>> = {
  row: ({ status, body }, data) => ({ status, body: { ...Object(body), data: Array.isArray(data) ? (data[0] ?? {}) : data } }),
  rows: ({ status, body }, data) => ({ status, body: { ...Object(body), data: Array.isArray(data) ? data : [data] } }),
  bare: ({ status }, data) => ({ status, body: data }),
  none: ({ status }) => ({ status, body: { meta: {} } }),
  transaction: ({ status }) => ({ status, body: { transaction_id: randomUUID() } }),
};

const BATCHES: Readonly<Partial<Record<Operation, Operation>>> = { createMany: 'create', updateMany: 'update', deleteMany: 'delete' };

/** Returns a response in the form that the resource declares for the operation. A response without a body stays as it is. */
export function inForm({ responses }: Pick<ResourceDeclaration, 'responses'>, operation: Operation, usual: Reply): Reply {
  const single = BATCHES[operation];
  const ofSingle = single === undefined ? undefined : responses[single];
  const form = responses[operation] ?? (ofSingle === 'none' || ofSingle === 'transaction' ? ofSingle : undefined);
  return form === undefined || usual.body === undefined ? usual : FORMS[form](usual, propertyOf(usual.body, 'data') ?? usual.body);
}
