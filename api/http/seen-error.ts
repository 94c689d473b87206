/**
 * An error as the log may show it. A database quotes what it was given (names, texts) in its messages, so of those only the code stays;
 * the lines of the stack say where, and the message that stands before them is left out there.
 */
export function seenError(error: unknown): object {
  const { name, message, stack, code, severity } = (error ?? {}) as Partial<Error> & {
    code?: unknown;
    severity?: unknown;
  };
  const isOfDatabase = severity !== undefined;
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    message: isOfDatabase ? `PostgreSQL ${String(code)}` : message,
    code,
    stack: frames.join('\n'),
  };
}
