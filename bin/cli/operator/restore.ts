import { type Answer, answer } from '../answer.ts';
import { counted } from '../display/words.ts';
import { Failure } from '../failure.ts';
import { withJournal } from './installation.ts';

interface Why {
  reason: string;
}

/** `isms restore begin` */
export async function beginRestore({ reason }: Why): Promise<Answer> {
  const heldSince = await withJournal(({ journal }) => journal.beginRestore({ actor: 'operator', reason }));
  return answer(
    { heldSince },
    () => `Since ${heldSince} no mail leaves the house; isms restore confirm ends that.`,
  );
}

/** `isms restore confirm` */
export async function confirmRestore({ reason, drop = false }: Why & { drop?: boolean }): Promise<Answer> {
  const done = await withJournal(({ journal }) =>
    journal.confirmRestore({ actor: 'operator', reason, drop }),
  );
  if (!done)
    throw new Failure('refused', 'Nothing is held back: there is nothing to confirm.', {
      code: 'WRONG_MOMENT',
    });
  const dropped = drop ? ` ${counted(done.dropped, 'message')} will not be sent.` : '';
  return answer(done, () => `Mail goes its way again.${dropped}`);
}
