/** A JSON object: values by name. */
export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value itself if it is an object, else an empty one. */
export const asJsonObject = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** The objects in an array; none if the value is not an array. */
export const jsonObjectsIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/** A property of a value that may be anything, such as something that was thrown; `undefined` if it has none. */
export const propertyOf = (value: unknown, name: PropertyKey): unknown => Object(value)[name];
