/**
 * Classes of records (ISO/IEC 27001:2022 7.5.3; rules §4.7 "retention per record class"). How long each is kept, and what law or
 * contract demands at least, are values of the configuration: `retention.<class>` and `retention.<class>.minimum`.
 */
export const recordClasses = [
  /** What the management system itself leaves behind: the class of every process that says nothing else. */
  'record',
  /** What proves something, unless it is given another class. */
  'evidence',
  /** About single persons: absences, departures, training. */
  'personnel',
  'incident',
  /** With customers and suppliers. */
  'contract',
] as const;
export type RecordClass = (typeof recordClasses)[number];
