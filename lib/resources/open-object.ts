/**
 * An object whose fields the API leaves open: the configuration of a widget has those that its template names, and the settings of a
 * theme those that the theme does.
 */
export type OpenObject = Record<string, unknown>;
