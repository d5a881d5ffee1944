const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Creates a product with about 40 fields, as the platform returns it, with the requested related rows. */
export function product(id: number, version: string, include: readonly string[]): object {
  const price = version === 'v2' ? `${id % 900}.9900` : (id % 900) + 0.99;
  return {
    id,
    name: `Product number ${id}`,
    type: 'physical',
    sku: `SKU-${id}`,
    description: `<p>What product ${id} is, and what it is good for.</p>`,
    weight: 1.5,
    width: 10,
    depth: 20,
    height: 30,
    price,
    cost_price: 5.5,
    retail_price: 0,
    sale_price: 0,
    map_price: 0,
    tax_class_id: 0,
    product_tax_code: '',
    calculated_price: price,
    categories: [1, 2, 3 + (id % 20)],
    brand_id: 1 + (id % 50),
    option_set_id: null,
    option_set_display: 'right',
    inventory_level: id % 300,
    inventory_warning_level: 5,
    inventory_tracking: 'none',
    reviews_rating_sum: 0,
    reviews_count: 0,
    total_sold: 0,
    fixed_cost_shipping_price: 0,
    is_free_shipping: false,
    is_visible: true,
    is_featured: id % 7 === 0,
    related_products: [-1],
    warranty: '',
    bin_picking_number: '',
    layout_file: 'product.html',
    upc: '',
    mpn: '',
    gtin: '',
    search_keywords: 'some,words',
    availability: 'available',
    availability_description: '',
    date_created: '2024-03-01T10:00:00+00:00',
    date_modified: '2024-05-01T10:00:00+00:00',
    view_count: id % 1000,
    custom_url: { url: `/product-${id}/`, is_customized: false },
    base_variant_id: id,
    open_graph_type: 'product',
    open_graph_title: '',
    ...(include.includes('images')
      ? {
          images: range(3).map((at) => ({
            id: id * 10 + at,
            product_id: id,
            is_thumbnail: at === 0,
            sort_order: at,
            description: '',
            image_file: `p/${id}/${at}.jpg`,
            url_zoom: `https://cdn.example/${id}/${at}.zoom.jpg`,
            url_standard: `https://cdn.example/${id}/${at}.jpg`,
          })),
        }
      : {}),
    ...(include.includes('variants')
      ? {
          variants: range(3).map((at) => ({
            id: id * 10 + at,
            product_id: id,
            sku: `SKU-${id}-${at}`,
            price: null,
            calculated_price: price,
            inventory_level: at,
            option_values: [{ id: at, label: `L${at}`, option_id: 1, option_display_name: 'Size' }],
          })),
        }
      : {}),
  };
}
