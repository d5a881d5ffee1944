import type { StoreChange } from '../changes.js';
import type { Entry, Tables } from '../tables.js';
import {
  channelIn,
  channelsOf,
  type Events,
  type EventsOf,
  hasChanged,
  idOf,
  parentOf,
  plain,
  type StoreEvent,
  unlessDeleted,
} from './event.js';

/** The fields whose change updates a channel (integrations/webhooks/events/channels). */
const CHANNEL_FIELDS = ['name', 'external_id', 'status', 'is_listable_from_ui', 'is_visible', 'is_enabled'];

const channelEvents: EventsOf = (change) =>
  change.action === 'created' || CHANNEL_FIELDS.some((name) => hasChanged(change, name)) ? plain('channel', 'channel')(change) : [];

/** Returns the channels that a change of settings is about: one, or all if it is one of the store. */
function channelsConcerned({ scope, entry }: StoreChange, tables: Tables): readonly (number | string)[] {
  const channel = scope?.['channel_id'] ?? entry.parents['channel_id'];
  return channel === undefined ? channelsOf(tables) : [channel];
}

/** Events of one channel, or of all of them for what they have in common. */
const ofChannels =
  (what: string, dataOf: (change: StoreChange) => object = () => ({})): EventsOf =>
  (change, { tables }) =>
    channelsConcerned(change, tables).map((channel) => ({ scope: `store/channel/${channel}/${what}`, data: dataOf(change) }));

const settings = (name: string): EventsOf => ofChannels(`settings/${name}/updated`);

/** Events of settings that have several topics: those of the attributes that have changed. */
const byAttribute =
  (topics: Readonly<Record<string, string>>): EventsOf =>
  (change, surroundings) =>
    Object.entries(topics).flatMap(([name, topic]) => (hasChanged(change, name) ? settings(topic)(change, surroundings) : []));

/** Each kind of email that was switched on or off has an event. */
const emailStatus: EventsOf = (change, surroundings) =>
  Object.keys(change.entry.values)
    .filter((name) => name.endsWith('_email') && hasChanged(change, name))
    .flatMap((template_kind) => ofChannels('settings/emailStatus/updated', () => ({ template_kind }))(change, surroundings));

const storeInformation: StoreEvent = { scope: 'store/information/updated', data: { type: 'store' } };

/** Settings that are part of what the store tells about itself. */
const information =
  (eventsOf: EventsOf): EventsOf =>
  (change, surroundings) => [...(change.scope === undefined ? [storeInformation] : []), ...eventsOf(change, surroundings)];

/** Returns an event of the site that an entry is, or belongs to. */
const ofSite =
  (what: string, siteOf: (entry: Entry, tables: Tables) => Entry | undefined): EventsOf =>
  ({ entry }, { tables }) => {
    const site = siteOf(entry, tables);
    if (site === undefined) return [];
    return [{ scope: `store/channel/${channelIn(site.values)}/settings/${what}`, data: { site_id: idOf(site) } }];
  };

const itself = (entry: Entry): Entry => entry;

const ofPath = (entry: Entry, tables: Tables): Entry | undefined => tables.of('/sites').get(String(parentOf(entry, 'site_id')), {});

/** A site tells of its checkout URL besides, when it gets one of its own or loses it. */
const siteEvents: EventsOf = (change, surroundings) => {
  const isCustomized = change.entry.values['is_checkout_url_customized'] === true;
  const ofCheckoutUrl = ofSite(`site/checkoutUrl/${isCustomized ? 'updated' : 'deleted'}`, itself);
  return [
    ...ofSite('site/updated', itself)(change, surroundings),
    ...(hasChanged(change, 'is_checkout_url_customized') ? ofCheckoutUrl(change, surroundings) : []),
  ];
};

/** Something that one channel shows. */
const shownBy =
  (name: string, dataOf: (entry: Entry) => object): EventsOf =>
  ({ action, entry }) => [{ scope: `store/channel/${channelIn(entry.values)}/${name}/${action}`, data: dataOf(entry) }];

const pages = unlessDeleted(shownBy('page', (entry) => ({ page_id: idOf(entry) })));

const redirects: EventsOf = ({ entry: { key, values } }) => {
  const { site_id, from_path, to } = values;
  return [{ scope: 'store/redirects/updated', data: { id: Number(key), site_id, from_path, to } }];
};

const emailTemplates: EventsOf = (change, surroundings) =>
  ofChannels(`email/templates/${change.action === 'deleted' ? 'deleted' : 'updated'}`, ({ entry }) => ({ template_kind: entry.key }))(
    change,
    surroundings,
  );

const themeEvents: EventsOf = ({ entry: { values, parents } }) => {
  const { active_theme_uuid, active_theme_version_uuid, active_theme_configuration_uuid, variation_id } = values;
  const data = {
    theme_id: active_theme_uuid,
    variation_id,
    version_id: active_theme_version_uuid,
    configuration_id: active_theme_configuration_uuid,
  };
  return [{ scope: `store/channel/${parents['channel_id'] ?? 1}/theme/configuration/activated`, data }];
};

/** The events of channels, their content and their settings (integrations/webhooks/events/channels). */
export const CHANNEL_EVENTS: Events = {
  channels: unlessDeleted(channelEvents),
  'channels/currency-assignments': ofChannels('settings/currency/updated'),
  'channels/active-theme': themeEvents,
  sites: siteEvents,
  'sites/routes': ofSite('route/updated', ofPath),
  'content/pages': pages,
  pages,
  'content/scripts': unlessDeleted(shownBy('script', ({ key }) => ({ uuid: key }))),
  'storefront/redirects': unlessDeleted(redirects),
  'marketing/email-templates': emailTemplates,
  'abandoned-carts/settings/channels': ofChannels('notifications/abandonedCart/updated'),
  'abandoned-carts/settings': ofChannels('notifications/abandonedCart/updated'),
  'settings/inventory/notifications': ofChannels('notifications/inventory/updated'),
  'settings/email-statuses': emailStatus,
  'settings/store/profile': information(settings('profile')),
  'settings/store/locale': information(ofChannels('settings/locale/updated')),
  'settings/store/units-of-measurement': information(() => []),
  'settings/logo': byAttribute({
    type: 'logo',
    logo_text: 'logo',
    logo_image_url: 'logo/image',
    favicon_url: 'favicon/image',
  }),
  'settings/storefront/seo': settings('SEO'),
  'settings/storefront/robotstxt': settings('robots'),
  'settings/storefront/category': settings('category'),
  'settings/storefront/product': settings('product'),
  'settings/storefront/security': settings('security'),
  'settings/catalog': settings('catalog'),
  'settings/search/filters/contexts': ({ entry }) => {
    const { channel_id = 1, category_id } = Object(entry.values['context']);
    return [{ scope: `store/channel/${channel_id}/settings/searchContextFilters/updated`, data: { category_id } }];
  },
  'checkouts/settings': settings('checkout'),
  'checkouts/settings/channels': settings('checkout'),
  'customers/settings/channels': byAttribute({ privacy_settings: 'customerPrivacy', customer_group_settings: 'defaultCustomerGroup' }),
};
