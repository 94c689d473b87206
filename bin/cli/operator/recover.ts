import { type Answer, answer } from '../answer.ts';
import { counted } from '../display/words.ts';
import { findInstallation } from './installation.ts';
import { explained, temporalAddressOf } from './temporal.ts';

/** `isms recover`: safe beside living cases. */
export async function recover({ reason }: { reason: string }): Promise<Answer> {
  const { databaseUrl, ...installation } = await findInstallation();
  const { recoverAll } = await import('../../recover.ts');
  const target = { databaseUrl, temporalAddress: await temporalAddressOf(installation) };
  const recovered = await recoverAll(target, { actor: 'operator', reason }).catch((error: unknown) => {
    throw explained(error);
  });
  return answer(recovered, ({ started }) =>
    started === 0
      ? 'No case is open: nothing to do.'
      : `${counted(started, 'open case goes on', 'open cases go on')}.`,
  );
}
