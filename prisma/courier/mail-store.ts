import type { Directory } from '../../domain/directory/directory.ts';
import { beginContent, claimMail, countDue, releaseLostClaims } from './claims.ts';
import type { ClaimedMail } from './claims.ts';
import type { CourierContext } from './courier-context.ts';
import { mailContents } from './mail-contents.ts';
import { settleMail } from './settle-mail.ts';
import type { MailOutcome } from './settle-mail.ts';
import { keepInApp, sortNotices } from './sort-notices.ts';

/** Everything that the courier asks of PostgreSQL. */
export function createMailStore(context: CourierContext) {
  return {
    clock: context.clock,
    directory: context.directory,
    sortNotices: (limit: number) => sortNotices(context, limit),
    keepInApp: (why: string) => keepInApp(context.pool, why),
    releaseLostClaims: () => releaseLostClaims(context),
    countDue: () => countDue(context),
    claim: () => claimMail(context),
    contents: (mail: ClaimedMail, directory: Directory) => mailContents(context, mail, directory),
    beginContent: (mail: ClaimedMail, messageId: string) => beginContent(context, mail, messageId),
    settle: (mail: ClaimedMail, outcome: MailOutcome) => settleMail(context, mail, outcome),
  };
}

export type MailStore = ReturnType<typeof createMailStore>;
