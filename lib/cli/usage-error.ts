/** Something is wrong with how the command was called: an option, a file that it names, a package that it needs. */
export class UsageError extends Error {}

/** The command has failed, and has printed why: it ends with exit code 1, and prints nothing more. */
export class FailedError extends Error {}
