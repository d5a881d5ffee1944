import type { ModelClass } from '../model/model.js';
import { isRegistered } from '../record/metadata-storage.js';

/** Whether a value is a model with a resource of its own, not a base class of models. */
const isModelClass = (value: unknown): value is ModelClass => typeof value === 'function' && isRegistered(value);

/** Returns the models that a module exports. */
export const modelsIn = (exported: object): ModelClass[] => Object.values(exported).filter(isModelClass);
