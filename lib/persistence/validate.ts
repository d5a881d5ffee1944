import { ConfigurationError } from '../errors/configuration-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { ValidationError } from '../errors/validation-error.js';
import { collectionPath, type Scope } from '../query/scope.js';
import type { Validation } from '../schema/declaration.js';
import { addressOf } from '../transport/request.js';
import { currentValue, type Tracked } from '../record/change-set.js';
import { paramsOf } from '../model/related.js';

/** class-validator keeps what its decorators said here; where that is missing, none was used. */
const CLASS_VALIDATOR = 'classValidatorMetadataStorage';

interface ClassValidatorError {
  property: string;
  constraints?: Record<string, string>;
  children?: ClassValidatorError[];
}

/**
 * Runs the model's `@Validate` checks and class-validator's decorators.
 *
 * @throws ValidationError with a message a field; nothing is sent
 */
export async function validate(tracked: Tracked): Promise<void> {
  const errors: FieldErrors = { ...(await classValidatorErrors(tracked.record)) };
  for (const [property, checks] of tracked.plan.validations) {
    const slot = tracked.plan.slotAt(property);
    const value = slot === undefined ? (tracked.record as Record<string, unknown>)[property] : currentValue(tracked, slot);
    for (const check of checks) {
      const message = await (check as (value: unknown, record: object) => ReturnType<Validation>)(value, tracked.record);
      if (typeof message === 'string' && message !== '') (errors[property] ??= []).push(message);
    }
  }
  tracked.state.fieldErrors = errors;
  const fields = Object.entries(errors);
  if (fields.length === 0) return;
  const { resource } = tracked.plan;
  const said = fields.map(([field, messages]) => `${field}: ${messages.join(', ')}`).join('; ');
  throw new ValidationError(
    `${resource.name} is not valid: ${said}. Nothing was sent.`,
    { ...intendedRequest(tracked), status: 422, body: undefined, headers: {} },
    errors,
  );
}

function intendedRequest({ record, state, plan }: Tracked): { method: string; path: string } {
  const scope: Pick<Scope<object>, 'resource' | 'params'> = { resource: plan.resource, params: paramsOf(record) };
  const path = plan.pathNames.every((name) => scope.params[name] !== undefined) ? collectionPath(scope) : plan.resource.path;
  return { method: state.isNew ? 'POST' : 'PUT', path: addressOf({ version: plan.resource.version, path }) };
}

async function classValidatorErrors(record: object): Promise<FieldErrors> {
  const storage = (globalThis as Record<string, unknown>)[CLASS_VALIDATOR] as
    | { getTargetValidationMetadatas?(...args: unknown[]): unknown[] }
    | undefined;
  if (storage?.getTargetValidationMetadatas === undefined) return {};
  if (storage.getTargetValidationMetadatas(record.constructor, '', false, false).length === 0) return {};
  const { validate: check } = await classValidator();
  return flatten((await check(record, { forbidUnknownValues: false })) as ClassValidatorError[]);
}

/** In a `try`, because bundlers then accept that the package may be missing. Whoever has decorators of it has the package. */
async function classValidator() {
  try {
    return await import('class-validator');
  } catch (cause) {
    throw new ConfigurationError(
      'A model has decorators of class-validator, and the package cannot be loaded: npm install class-validator. Nothing was sent.',
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
