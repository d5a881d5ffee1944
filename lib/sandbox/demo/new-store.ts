import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import type { DemoRows } from './rows.js';

interface Declared {
  readonly resource: DemoRows['resource'];
}

/** What every store has all of, though nobody has created it. */
const ALL: readonly Declared[] = [v2.Country, v2.OrderStatus, v2.PaymentMethod, v2.Store, v2.TaxClass];

/** What every store has one of: its storefront with a site, a theme and a tree, a location, the default currency. */
const FIRST: readonly Declared[] = [v2.Currency, v3.CategoryTree, v3.Channel, v3.Location, v3.Site, v3.Theme];

/** Returns the rows of a new store: what the platform itself has created, and nothing to sell. */
export function newStore(demo: readonly DemoRows[]): DemoRows[] {
  const isOf = (models: readonly Declared[], each: DemoRows): boolean => models.some(({ resource }) => resource === each.resource);
  return demo.flatMap((each) => {
    if (isOf(ALL, each)) return [each];
    return isOf(FIRST, each) ? [{ ...each, rows: each.rows.slice(0, 1) }] : [];
  });
}
