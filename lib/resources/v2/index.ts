export { Brand } from './brands.js';
export { Category } from './categories.js';
export { Customer, CustomerAddress } from './customers.js';
export { Order, OrderProduct } from './orders.js';
export { ProductImage } from './product-images.js';
export { ProductOption } from './product-options.js';
export { Product } from './products.js';
