import { ConfigurationError } from '../errors/configuration-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { ValidationError } from '../errors/validation-error.js';
import { collectionPath } from '../query/scope.js';
import { currentValue } from '../record/attribute-values.js';
import { runInTurn } from '../record/operation-queue.js';
import { paramsOf } from '../record/record-address.js';
import { type RecordContext, setFieldErrors } from '../record/record-context.js';
import type { Validation } from '../schema/declaration.js';
import { addressOf } from '../transport/request.js';

/** The global in which class-validator keeps its metadata. If it is missing, none of its decorators was used. */
const CLASS_VALIDATOR = 'classValidatorMetadataStorage';

interface ClassValidatorError {
  property: string;
  constraints?: Record<string, string>;
  children?: ClassValidatorError[];
}

/** Whether the model has `@Validate` checks or decorators of class-validator. */
export const hasValidations = ({ record, metadata }: RecordContext): boolean =>
  metadata.validations.size > 0 || (CLASS_VALIDATOR in globalThis && usesClassValidator(record));

/**
 * Runs the model's `@Validate` functions and class-validator's decorators, as part of the current operation on the record.
 *
 * @throws ValidationError with a message for each field; nothing is sent
 */
export async function validate(context: RecordContext): Promise<void> {
  const { record, metadata } = context;
  if (!hasValidations(context)) {
    setFieldErrors(context);
    return;
  }
  const errors = await runInTurn(record, () => errorsOf(context));
  setFieldErrors(context, errors);
  const fields = Object.entries(errors);
  if (fields.length === 0) return;
  const reasons = fields.map(([field, messages]) => `${field}: ${messages.join(', ')}`).join('; ');
  throw new ValidationError(
    `${metadata.resource.name} is not valid: ${reasons}. Nothing was sent.`,
    { ...intendedRequest(context), status: 422, body: undefined, headers: {} },
    errors,
  );
}

async function errorsOf(context: RecordContext): Promise<FieldErrors> {
  const { record, metadata } = context;
  const errors: FieldErrors = usesClassValidator(record) ? await classValidatorErrors(record) : {};
  for (const [property, checks] of metadata.validations) {
    const attribute = metadata.declaredAt(property);
    const value = attribute === undefined ? Reflect.get(record, property) : currentValue(context, attribute);
    for (const check of checks) {
      const message = await (check as (value: unknown, record: object) => ReturnType<Validation>)(value, record);
      if (typeof message === 'string' && message !== '') (errors[property] ??= []).push(message);
    }
  }
  return errors;
}

/** Returns the request that would save a valid record, for the error. */
function intendedRequest(context: RecordContext): { method: string; path: string } {
  const { resource, pathNames } = context.metadata;
  const params = paramsOf(context);
  const path = pathNames.every((name) => params[name] !== undefined) ? collectionPath({ resource, params }) : resource.path;
  return { method: context.isNew ? 'POST' : 'PUT', path: addressOf({ version: resource.version, path }) };
}

/** Whether the class of a record has decorators of class-validator. */
function usesClassValidator(record: object): boolean {
  const storage = (globalThis as Record<string, unknown>)[CLASS_VALIDATOR] as
    | { getTargetValidationMetadatas?(...args: unknown[]): unknown[] }
    | undefined;
  return (storage?.getTargetValidationMetadatas?.(record.constructor, '', false, false).length ?? 0) > 0;
}

async function classValidatorErrors(record: object): Promise<FieldErrors> {
  const { validate: check } = await classValidator();
  return flatten((await check(record, { forbidUnknownValues: false })) as ClassValidatorError[]);
}

/** Imports class-validator. The `try` lets bundlers accept that the package may be missing. */
async function classValidator() {
  try {
    return await import('class-validator');
  } catch (cause) {
    throw new ConfigurationError(
      'A model has decorators of class-validator, but the package cannot be loaded: npm install class-validator. Nothing was sent.',
      { cause },
    );
  }
}

function flatten(errors: readonly ClassValidatorError[], prefix = ''): FieldErrors {
  const flat: FieldErrors = {};
  for (const { property, constraints, children } of errors) {
    if (constraints !== undefined) flat[`${prefix}${property}`] = Object.values(constraints);
    Object.assign(flat, flatten(children ?? [], `${prefix}${property}.`));
  }
  return flat;
}
