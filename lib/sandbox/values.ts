/** Whether there is no value: nothing was given, or something empty. */
export const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Returns a value as text whose case does not matter. */
export const fold = (value: unknown): string => String(value ?? '').toLowerCase();
