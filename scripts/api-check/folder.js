import { resolve } from 'node:path';

/** Where the API descriptions are if nothing else is said: beside the project. */
export const FOLDER = resolve(import.meta.dirname, '../../../shared/bigcommerce/openapi');
