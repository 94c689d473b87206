/** Plain JSON: whatever crosses a boundary or lies in the journal. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
