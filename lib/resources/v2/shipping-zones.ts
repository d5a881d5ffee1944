import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { HasMany } from '../../relations/has-many.js';
import { Attribute } from '../../schema/attribute.js';

const shippingZoneFilters = {} as const;

/** A part of the world to which the store ships in its own ways. */
@Resource('/shipping/zones', {
  version: 'v2',
  filters: shippingZoneFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  updateDemands: ['name'],
})
export class ShippingZone extends Model<ShippingZone, typeof shippingZoneFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) name!: string;
  @Attribute({ required: true }) type!: 'zip' | 'country' | 'state' | 'global';
  @Attribute() locations!: Record<string, unknown>[];
  @Attribute() free_shipping!: Record<string, unknown>;
  @Attribute() handling_fees!: Record<string, unknown>;
  @Attribute() enabled!: boolean;
  @HasMany(() => ShippingZoneMethod) methods!: HasMany<ShippingZoneMethod>;
}

const shippingZoneMethodFilters = {} as const;

/** A way to ship into a zone. */
@Resource('/shipping/zones/:zone_id/methods', {
  version: 'v2',
  filters: shippingZoneMethodFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  statuses: { create: 200 },
})
export class ShippingZoneMethod extends Model<ShippingZoneMethod, typeof shippingZoneMethodFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute() type!:
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
    | 'freeshipping';
  @Attribute() settings!: Record<string, unknown>;
  @Attribute() enabled!: boolean;
  @Attribute() handling_fees!: Record<string, unknown>;
  @Attribute() is_fallback!: boolean;
  @Attribute() channel_ids!: number[];
}
