/**
 * Inputs of the management review (ISO/IEC 27001:2022 9.3.2 a to g, d in its four parts; rules §11). A case with the flag
 * `managementReviewItem` is found under the search key `reviewInput` with the input to which it belongs as its value.
 */
export const reviewInputs = ['a', 'b', 'c', 'd1', 'd2', 'd3', 'd4', 'e', 'f', 'g'] as const;
export type ReviewInput = (typeof reviewInputs)[number];
