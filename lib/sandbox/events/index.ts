import type { StoreChange } from '../changes.js';
import type { Tables } from '../tables.js';
import { CATALOG_EVENTS } from './catalog.js';
import { CHANNEL_EVENTS } from './channels.js';
import { CUSTOMER_EVENTS } from './customers.js';
import type { Events, EventsOf, StoreEvent } from './event.js';
import { metafieldEvents } from './metafields.js';
import { ORDER_EVENTS } from './orders.js';

/** The events of all resources. A file of this folder has those of one family. */
const EVENTS: Events = { ...CATALOG_EVENTS, ...CHANNEL_EVENTS, ...CUSTOMER_EVENTS, ...ORDER_EVENTS };

const METAFIELDS = '/metafields';

/** Returns the name of the table that a path belongs to: `products/images`. Both generations have the same. */
const nameOf = (path: string): string => path.replace(/\/:\w+/g, '').replace(/^\/(catalog\/)?/, '');

function eventsOfTable(name: string): EventsOf | undefined {
  return name.endsWith(METAFIELDS) ? metafieldEvents(name.slice(0, -METAFIELDS.length)) : EVENTS[name];
}

/** Returns the events that the changes of one request stand for, each once. */
export function eventsOf(request: readonly StoreChange[], tables: Tables): StoreEvent[] {
  const found = new Map<string, StoreEvent>();
  for (const change of request)
    for (const event of eventsOfTable(nameOf(change.resource.path))?.(change, { tables, request }) ?? [])
      found.set(keyOf(event.scope, event), event);
  return [...found.values()].filter((event) => !isToldBy(event, found));
}

const keyOf = (scope: string, { data }: StoreEvent): string => `${scope} ${JSON.stringify(data)}`;

/** Whether an update is part of the creation or the deletion of the same thing. */
function isToldBy(event: StoreEvent, all: ReadonlyMap<string, StoreEvent>): boolean {
  const { scope, isAlwaysTold = false } = event;
  if (isAlwaysTold || !scope.endsWith('/updated')) return false;
  return ['created', 'deleted', 'archived'].some((action) => all.has(keyOf(scope.replace(/updated$/, action), event)));
}
