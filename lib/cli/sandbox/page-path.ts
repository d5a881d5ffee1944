/** Where the page of the store is; no path of the platform begins like this. */
export const PAGE = '/__sandbox';
