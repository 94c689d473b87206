import { demoOrganisation } from '../support/in-process-engine.ts';
import type { TestApi } from './test-api.ts';

/** An auditor who is not employed here; without access nobody. */
export const outside = 'ute.extern';

export async function addOutsideAuditor({ engine }: TestApi): Promise<void> {
  const data = demoOrganisation();
  data.people.push({ id: outside, name: 'Ute Extern', email: 'ute@extern.example', unit: 'management', external: true });
  data.roles.push({ role: 'EXTERNAL_AUDITOR', person: outside });
  await engine.journal.importOrganisation({ data, actor: 'operator', reason: 'An auditor from outside' });
}

/** Sign-in and directory are remembered for two seconds. */
export const later = () => new Promise((resolve) => setTimeout(resolve, 2_100));
