import type { z } from 'zod';
import type { CaseView, caseAsOfView } from '../../../contracts/api.ts';
import type { BroadcastListView } from '../../../contracts/api-records.ts';
import { type Answer, answer } from '../answer.ts';
import { caseIdOf } from './case-reference.ts';
import { caseText } from './case-text.ts';
import { type PersonOptions, connect } from './connection.ts';

export type CaseAsOf = z.infer<typeof caseAsOfView>;

/** `isms show` */
export async function show(
  named: string,
  { asOf, ...options }: PersonOptions & { asOf?: string },
): Promise<Answer> {
  const api = await connect(options);
  const path = `/cases/${await caseIdOf(api, named)}`;
  const shown = await api.get<CaseView | CaseAsOf>(path, { asOf });
  if (asOf !== undefined) return answer(shown, caseText);
  const { broadcasts } = await api.get<BroadcastListView>(`${path}/broadcasts`, { limit: 1 });
  return answer({ ...shown, broadcasts }, caseText);
}
