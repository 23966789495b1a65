/** A mistake of the user's: shown as one sentence and a hint, exit code 2, nothing started. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;

  /** `message` says what was wrong, with the value; `hint` what to do about it. */
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
