/** Where the descriptions are published. */
export const REFERENCE = 'https://github.com/bigcommerce/docs/blob/main/reference';

export const ONE_FOR_MANY = 'The description shows one object where the operation, by its summary, returns a list.';
