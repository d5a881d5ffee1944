import { isJsonObject } from '../../json-object.js';
import { ChannelCurrencyAssignment, ChannelSite } from '../../resources/v3/channels.js';
import { Site } from '../../resources/v3/sites.js';
import type { Reply } from '../dialect.js';
import { v3 } from '../dialect-v3.js';
import { siteOf, urlsWith } from '../families/sites.js';
import { atPlace, refusalOf } from '../refusals.js';
import { ResourceRows } from '../resource-rows.js';
import { showRow } from '../row-view.js';
import type { Entry } from '../tables.js';
import { type Action, type Actions, bare, data, type Handler, notFound } from './action.js';

const MOST_ASSIGNMENTS = 10;

/** Runs an action on the site of the channel in the path. */
const onSite =
  (work: (site: Entry, rows: ResourceRows, action: Action) => Reply): Handler =>
  (action) => {
    const site = siteOf(action.incoming.params['channel_id'], action.tables);
    return site === undefined ? notFound() : work(site, new ResourceRows(Site.resource, action.tables), action);
  };

/** Returns a site as its channel shows it: with its routes. */
const shownSite = (site: Entry, { tables, incoming }: Action, status = 200): Reply =>
  data(showRow(new ResourceRows(ChannelSite.resource, tables), site, { ...incoming.query, include: 'routes' }, incoming.root), status);

const createSite: Handler = (action) => {
  const { tables, body, incoming } = action;
  const rows = new ResourceRows(Site.resource, tables);
  if (tables.of('/channels').get(incoming.params['channel_id'] ?? '', {}) === undefined) return notFound();
  const sent = { ...body, channel_id: Number(incoming.params['channel_id']) };
  return refusalOf(rows, v3, { body: sent, entry: undefined, parents: {} }) ?? shownSite(rows.insert(sent, {}), action);
};

const updateSite = onSite((site, rows, action) => {
  const refused = refusalOf(rows, v3, { body: action.body, entry: site, parents: {} });
  return refused ?? shownSite(rows.change(site, action.body), action);
});

const setCheckoutUrl = onSite((site, rows, action) => {
  const url = String(action.body['url'] ?? '').replace(/^http:/, 'https:');
  if (!URL.canParse(url)) return v3.error(422, 'The URL is not valid.', { url: 'must have a scheme and a host' });
  const urls = urlsWith(site.values, 'checkout', url, action.tables.clock.iso());
  return shownSite(rows.change(site, {}, { urls, is_checkout_url_customized: true }), action);
});

const deleteCheckoutUrl = onSite((site, rows, action) => {
  const { urls } = site.values;
  const left = Array.isArray(urls) ? urls.filter((each) => !isJsonObject(each) || each['type'] !== 'checkout') : [];
  return shownSite(rows.change(site, {}, { urls: left, is_checkout_url_customized: false }), action);
});

/** Assigns currencies to several channels, or to none because of the first assignment that is refused. */
const assignCurrencies: Handler = ({ tables, incoming }) => {
  const rows = new ResourceRows(ChannelCurrencyAssignment.resource, tables);
  const { body } = incoming;
  if (!Array.isArray(body) || !body.every(isJsonObject)) return v3.error(422, 'The body must be an array of objects.');
  if (body.length > MOST_ASSIGNMENTS) return v3.error(422, `At most ${MOST_ASSIGNMENTS} records may be sent at once.`);
  for (const [place, row] of body.entries()) {
    const refused = refusalOf(rows, v3, { body: row, entry: undefined, parents: {} });
    if (refused !== undefined) return atPlace(refused, place);
    if (tables.of('/channels').get(String(row['channel_id']), {}) === undefined)
      return atPlace(v3.error(422, 'A channel is unknown.', { channel_id: `${String(row['channel_id'])} does not exist` }), place);
  }
  const changed = body.map((row) => rows.change(rows.single({ channel_id: String(row['channel_id']) }), row));
  return data(changed.map((entry) => showRow(rows, entry, {}, incoming.root)));
};

/** What the paths below a channel do with its site, and the currencies of several channels (channels.v3.yml). */
export const CHANNEL_ACTIONS: Actions = {
  'GET /v3/channels/:channel_id/site': onSite((site, _, action) => shownSite(site, action)),
  'POST /v3/channels/:channel_id/site': createSite,
  'PUT /v3/channels/:channel_id/site': updateSite,
  'DELETE /v3/channels/:channel_id/site': onSite((site, rows) => {
    rows.remove(site);
    return bare({ data: {}, meta: {} });
  }),
  'PUT /v3/channels/:channel_id/site/checkout-url': setCheckoutUrl,
  'DELETE /v3/channels/:channel_id/site/checkout-url': deleteCheckoutUrl,
  'POST /v3/channels/currency-assignments': assignCurrencies,
  'PUT /v3/channels/currency-assignments': assignCurrencies,
};
