import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Recipe, Recipes } from './recipe.js';
import { CATALOG_RECIPES } from './recipes/catalog.js';
import { PEOPLE_RECIPES } from './recipes/people.js';
import { SALES_RECIPES } from './recipes/sales.js';
import { STORE_RECIPES } from './recipes/store.js';

const RECIPES: Recipes = { ...CATALOG_RECIPES, ...PEOPLE_RECIPES, ...SALES_RECIPES, ...STORE_RECIPES };

/** Returns the recipe of a resource; `undefined` if its declaration has to do. */
export const recipeOf = ({ version, path }: ResourceDeclaration): Recipe | undefined => RECIPES[`${version} ${path}`];
