/** An instant as it is written everywhere; null stays null. */
export const INSTANT = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * What other cases may know of a case (`CaseSummary`), from its row `h` of case_head. As text that is passed on and from columns alone: some
 * decisions read a whole register, and to build `jsonb` or to unpack the case for its instants cost them three times as much.
 */
export const summaryWith = (about: string) => `json_build_object('id', h.id, 'ref', h.ref, 'process', h.process, 'state', h.state, 'settled', h.settled,
  'openedAt', ${INSTANT('h.opened_at')}, 'settledAt', ${INSTANT('h.settled_at')}, 'about', ${about})`;

export const SUMMARY = summaryWith('h.about');
