/** Where and as whom a transport speaks. Kept by the session, shown to nobody. */
export interface Endpoint {
  /** Everything before the version: `https://api.bigcommerce.com/stores/abc123`. */
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Texts that must not appear in anything a user sees. */
  readonly secrets: readonly string[];
}
