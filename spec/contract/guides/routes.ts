import { apiCheck } from '../api-check-tools.js';
import type { Route } from './models.js';

let found: Promise<Route[]> | undefined;

/** All operations that the models declare. Reading them compiles the models, so it is done once. */
export function declaredRoutes(): Promise<Route[]> {
  found ??= readRoutes();
  return found;
}

async function readRoutes(): Promise<Route[]> {
  const { readModels, operationsOf } = await apiCheck();
  const models = await readModels();
  return models.flatMap((model) => operationsOf(model, models));
}
