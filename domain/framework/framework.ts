/** Ids of ISO/IEC 27001:2022 that records may refer to: clauses 4 to 10 and the 93 controls of Annex A. */

const clauseIds: ReadonlySet<string> = new Set(
  `4.1 4.2 4.3 4.4 5.1 5.2 5.3 6.1 6.1.1 6.1.2 6.1.3 6.2 6.3 7.1 7.2 7.3 7.4 7.5 7.5.1 7.5.2 7.5.3 8.1 8.2 8.3 9.1 9.2 9.2.1 9.2.2 9.3
   9.3.1 9.3.2 9.3.3 10.1 10.2`.split(/\s+/),
);

/** How many controls each theme of Annex A has. */
const controlsOfTheme: Readonly<Record<string, number>> = { 'A.5': 37, 'A.6': 8, 'A.7': 14, 'A.8': 34 };

const controlIds: ReadonlySet<string> = new Set(
  Object.entries(controlsOfTheme).flatMap(([theme, count]) => Array.from({ length: count }, (_, n) => `${theme}.${n + 1}`)),
);

/** A clause such as `9.3.2`, or a control such as `A.8.13`. */
export function isRequirementId(id: string): boolean {
  return clauseIds.has(id) || controlIds.has(id);
}
