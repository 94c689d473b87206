/** Streams of the journal that are not cases; each has its own chain. */
export const ATTEMPTS_STREAM = '00000000-0000-8000-8000-000000000001';
export const ORGANISATION_STREAM = '00000000-0000-8000-8000-000000000002';
export const OPERATIONS_STREAM = '00000000-0000-8000-8000-000000000003';
