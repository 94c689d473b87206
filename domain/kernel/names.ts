/** A state's meta gives one name, several or none. */
export function names(named: string | readonly string[] | undefined): readonly string[] {
  return named === undefined ? [] : typeof named === 'string' ? [named] : named;
}
