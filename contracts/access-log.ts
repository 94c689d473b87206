import { z } from 'zod';
import { instant, jsonObject, pageOf, pageQuery, personId, uuid } from './api-fields.ts';

/** Access log: what auditors from outside were shown (rules §7 "external firm as auditor"; A.8.15). */

export const accessLogQuery = pageQuery.extend({
  person: personId.optional().meta({ description: 'What this person was shown' }),
  case: uuid.optional().meta({ description: 'Who was shown this case' }),
});
export type AccessLogQuery = z.output<typeof accessLogQuery>;

const row = z.strictObject({
  person: personId,
  at: instant,
  method: z.string(),
  path: z.string().meta({ description: 'Below /api/v1, as this description writes it' }),
  asked: jsonObject.meta({ description: 'Parts of the path and of the query' }),
  cases: z.array(uuid).meta({ description: 'Cases that the answer told of' }),
});
export type AccessLogRow = z.output<typeof row>;

export const accessLogView = pageOf(row);
export type AccessLogView = z.output<typeof accessLogView>;
