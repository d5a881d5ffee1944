/** The query parameter of settings that a channel may override (settings.v3.yml, email_templates.v3.yml, abandoned_cart_emails.v3.yaml). */
export const channelFilters = { channel_id: Number } as const;

export const channelParams = { get: channelFilters, update: channelFilters } as const;

/** Settings that each channel may override. Without `channel_id` they are the global ones, which apply to channels with none of their own. */
export const channelSettings = {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  filters: channelFilters,
  scope: ['channel_id'],
  params: channelParams,
} as const;
