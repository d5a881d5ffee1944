import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type {
  FreeShipping,
  MethodHandlingFee,
  ShippingMethodSettings,
  ShippingMethodType,
  ShippingZoneLocation,
  ZoneHandlingFee,
} from './shipping-values.js';

const shippingZoneRequired = ['name', 'type'] as const;

/** A shipping zone. */
@Resource('/shipping/zones', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  alwaysSend: ['name'],
  required: shippingZoneRequired,
})
export class ShippingZone extends Model<ShippingZone, V2Filters<typeof noFilters>, unknown, typeof shippingZoneRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to the merchant. Required. */
  @Attribute(() => String) name!: string;
  /** What its locations are. Required. */
  @Attribute(() => String) type!: Open<'zip' | 'country' | 'state' | 'global'>;
  /** Countries, states or postal codes; 40000 postal codes at most in a store. None for the global zone. */
  @Attribute(() => Array) locations!: ShippingZoneLocation[];
  /** When shipping costs nothing. */
  @Attribute(() => Object) free_shipping!: FreeShipping;
  /** Added to the cost of shipping: a fixed amount or a percentage. */
  @Attribute(() => Object) handling_fees!: ZoneHandlingFee;
  /** Whether orders are shipped to it. */
  @Attribute(() => Boolean) enabled!: boolean;
  @HasMany(() => ShippingZoneMethod) methods!: HasMany<ShippingZoneMethod>;
}

/** A shipping method of a zone. */
@Resource('/shipping/zones/:zone_id/methods', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  statuses: { create: 200 },
})
export class ShippingZoneMethod extends Model<ShippingZoneMethod, V2Filters<typeof noFilters>> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String) name!: string;
  /** How the cost is found: by the order, item, weight or total, or by a carrier. That of an app is `carrier_` and its number. */
  @Attribute(() => String) type!: Open<ShippingMethodType>;
  /** Depends on `type`. */
  @Attribute(() => Object) settings!: ShippingMethodSettings;
  /** Whether shoppers can choose it. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** Added to the cost of shipping: a fixed amount or a percentage. */
  @Attribute(() => Object) handling_fees!: MethodHandlingFee;
  /** Whether it is only offered if no other method can be. */
  @Attribute(() => Boolean) is_fallback!: boolean;
  /** The channels that offer it. Default: all. */
  @Attribute(() => Array) channel_ids!: number[];
}
