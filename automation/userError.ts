/** A message for the user, to which a stack trace adds nothing. */
export class UserError extends Error {}
