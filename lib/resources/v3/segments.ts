import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const segmentFilters = { 'id:in': Number } as const;

const segmentRequired = ['name'] as const;

/** A customer segment. A store has at most 1,000. */
@Resource('/segments', {
  version: 'v3',
  filters: segmentFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  statuses: { create: 201, update: 201 },
  required: segmentRequired,
})
export class Segment extends Model<Segment, typeof segmentFilters, unknown, typeof segmentRequired> {
  /** UUID that the store assigns. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Shown in the control panel. Required. */
  @Attribute(() => String) name!: string;
  /** What the segment is for. */
  @Attribute(() => String) description!: string;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  /** Its members. */
  @HasMany(() => SegmentShopperProfile) shopper_profiles!: HasMany<SegmentShopperProfile>;
}

/** A member of a segment. */
@Resource('/segments/:segment_id/shopper-profiles', {
  version: 'v3',
  filters: noFilters,
  addressing: 'filter',
  operations: ['list', 'delete', 'deleteAll', 'count'],
  deleteFilters: ['id:in'],
})
export class SegmentShopperProfile extends Model<SegmentShopperProfile, typeof noFilters> {
  /** UUID of the shopper profile. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Customer that the profile stands for. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;

  /** Adds profiles to a segment, at most 50, and returns them. */
  static async add(
    segment: Segment | string,
    profiles: readonly (ShopperProfile | string)[],
    options?: CallOptions,
  ): Promise<SegmentShopperProfile[]> {
    const ids = profiles.map((profile) => (typeof profile === 'string' ? profile : profile.id));
    const rows = await act<object[]>(SegmentShopperProfile.of(segment), 'POST', '', { body: ids, ...options });
    return rows.map((row) => SegmentShopperProfile.of(segment).load(row));
  }
}

/** A shopper profile: represents a customer in segments. */
@Resource('/shopper-profiles', {
  version: 'v3',
  filters: noFilters,
  addressing: 'filter',
  operations: ['list', 'create', 'delete', 'deleteAll', 'count'],
  batch: { create: 10 },
  deleteFilters: ['id:in'],
  statuses: { create: 201 },
})
export class ShopperProfile extends Model<ShopperProfile, typeof noFilters> {
  /** UUID that the store assigns. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Registered customer that it stands for. */
  @Attribute(() => Number) customer_id!: number;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  /** Segments that it belongs to. */
  @HasMany(() => ShopperProfileSegment) segments!: HasMany<ShopperProfileSegment>;
}

/** A membership of a shopper profile in a segment. */
@Resource('/shopper-profiles/:shopper_profile_id/segments', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'count'],
})
export class ShopperProfileSegment extends Model<ShopperProfileSegment, typeof noFilters> {
  /** UUID of the segment. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Shown in the control panel. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** What the segment is for. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly description!: string;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}
