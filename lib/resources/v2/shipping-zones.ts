import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const shippingZoneFilters = {} as const;

const shippingZoneRequired = ['name', 'type'] as const;

/** A shipping zone. */
@Resource('/shipping/zones', {
  version: 'v2',
  filters: shippingZoneFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  alwaysSend: ['name'],
  required: shippingZoneRequired,
})
export class ShippingZone extends Model<ShippingZone, V2Filters<typeof shippingZoneFilters>, unknown, typeof shippingZoneRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) type!: 'zip' | 'country' | 'state' | 'global';
  @Attribute(() => Array) locations!: Record<string, unknown>[];
  @Attribute(() => Object) free_shipping!: Record<string, unknown>;
  @Attribute(() => Object) handling_fees!: Record<string, unknown>;
  @Attribute(() => Boolean) enabled!: boolean;
  @HasMany(() => ShippingZoneMethod) methods!: HasMany<ShippingZoneMethod>;
}

const shippingZoneMethodFilters = {} as const;

/** A shipping method of a zone. */
@Resource('/shipping/zones/:zone_id/methods', {
  version: 'v2',
  filters: shippingZoneMethodFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  statuses: { create: 200 },
})
export class ShippingZoneMethod extends Model<ShippingZoneMethod, V2Filters<typeof shippingZoneMethodFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) type!:
    | 'perorder'
    | 'peritem'
    | 'weight'
    | 'total'
    | 'auspost'
    | 'canadapost'
    | 'endicia'
    | 'usps'
    | 'fedex'
    | 'royalmail'
    | 'upsready'
    | 'freeshipping'
    /** That of an app: `carrier_` and its number. */
    | `carrier_${number}`;
  @Attribute(() => Object) settings!: Record<string, unknown>;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Object) handling_fees!: Record<string, unknown>;
  @Attribute(() => Boolean) is_fallback!: boolean;
  @Attribute(() => Array) channel_ids!: number[];
}
