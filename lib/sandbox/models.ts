import type { ModelClass } from '../model/model.js';
import { isRegistered } from '../record/metadata-storage.js';

/** Whether a value is a model with a resource of its own; a base that models share is not. */
const isModelClass = (value: unknown): value is ModelClass => typeof value === 'function' && isRegistered(value);

/** The models that a module exports. */
export const modelsIn = (exported: object): ModelClass[] => Object.values(exported).filter(isModelClass);
