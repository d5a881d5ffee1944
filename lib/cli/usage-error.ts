/** Something is wrong with how the command was called: an option, a file that it names, a package that it needs. */
export class UsageError extends Error {}
