declare module 'node-bigcommerce' {
  export default class BigCommerce {
    constructor(config: object);
    get(path: string): Promise<unknown>;
    put(path: string, data: object): Promise<unknown>;
  }
}
