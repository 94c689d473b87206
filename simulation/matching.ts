/** Is `found` at least what was expected? Members that the expectation does not name may be anything; lists must be alike. */
export function matches(expected: unknown, found: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(found) &&
      expected.length === found.length &&
      expected.every((each, n) => matches(each, found[n]))
    );
  if (typeof expected !== 'object' || expected === null)
    return Object.is(expected, found ?? null) || expected === found;
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(expected).every(([key, value]) =>
    matches(value, (found as Record<string, unknown>)[key]),
  );
}

/** Do the expected things come in this order, others between them allowed? Answers the first that does not, or null. */
export function missingInOrder<E, F>(
  expected: readonly E[],
  found: readonly F[],
  fits: (expected: E, found: F) => boolean,
): E | null {
  let from = 0;
  for (const each of expected) {
    const at = found.slice(from).findIndex((candidate) => fits(each, candidate));
    if (at < 0) return each;
    from += at + 1;
  }
  return null;
}

/** The parts of `found` that an expectation speaks of: what a report shows beside it. */
export function likeness(expected: unknown, found: unknown): unknown {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return found ?? null;
  if (typeof found !== 'object' || found === null) return found ?? null;
  return Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [
      key,
      likeness(value, (found as Record<string, unknown>)[key]),
    ]),
  );
}
