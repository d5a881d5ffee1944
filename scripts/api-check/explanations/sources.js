/** Where the descriptions and the guides are published. */
export const REFERENCE = 'https://github.com/bigcommerce/docs/blob/main/reference';
export const GUIDES = 'https://github.com/bigcommerce/docs/blob/main/docs';

export const ONE_FOR_MANY = 'The description shows one object where the operation, by its summary, returns a list.';
