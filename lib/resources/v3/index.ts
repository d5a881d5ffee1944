export { Brand } from './brands.js';
export { Category } from './categories.js';
export { Customer } from './customers.js';
export { ProductImage } from './product-images.js';
export { ProductOption, ProductOptionValue } from './product-options.js';
export { ProductVariant } from './product-variants.js';
export { Product } from './products.js';
