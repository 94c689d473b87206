import type { z } from 'zod';

/** Keyset pages: a cursor is the sort key of the last row, opaque to the caller. */
export function encodeCursor(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key inside, or null where nobody of us made this cursor. */
export function decodeCursor<T>(cursor: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Cuts the one row that was fetched beyond the limit; its presence says that there is more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  {
    limit,
    item,
    key,
  }: { limit: number; item: (row: Row) => Item; key: (row: Row) => (string | number | null)[] },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last ? encodeCursor(key(last)) : null };
}
