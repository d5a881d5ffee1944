import { apiCheck, declaredModels } from '../api-check-tools.js';
import type { Route } from './models.js';

/** All operations that the models declare. */
export async function declaredRoutes(): Promise<Route[]> {
  const { operationsOf } = await apiCheck();
  const models = await declaredModels();
  return models.flatMap((model) => operationsOf(model, models));
}
