/** What other cases may know of a case (`CaseSummary`), from its row `h` of case_head. */
export const SUMMARY = `jsonb_build_object('id', h.id, 'ref', h.ref, 'process', h.process, 'state', h.state, 'settled', h.settled,
  'openedAt', h.file->>'openedAt', 'settledAt', h.file->>'settledAt', 'about', h.about)`;

/** An instant as it is written everywhere; null stays null. */
export const INSTANT = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
