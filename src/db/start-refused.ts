/** A reason not to start, in a sentence that an operator can act on. */

/**
 * Thrown while the database is opened and brought up to date, where the operator has to do something
 * first. `message` is one line for the terminal; whoever starts the process prints it and exits.
 */
export class StartRefused extends Error {
  override name = 'StartRefused';
}
