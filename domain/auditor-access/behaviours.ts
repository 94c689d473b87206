import type { AuditorAccessAbout, AuditorAccessDocument } from '../../contracts/auditor-access.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** Who hears of it, and what follows where an auditor from outside has lost the last access (rules §18 "Audit"). */

type Sees = View<AuditorAccessDocument>;

const tell = ({ file }: Sees, subject: string): Follow => {
  const to: PrincipalKey[] = [`person:${file.parties['auditor']!}`, 'role:AUDIT_PROGRAMME_MANAGER', 'role:ISO'];
  return { follow: 'inform', subject, to };
};

/** The audit shows it in its own history, and tells it when it has ended; one that opened it has it among its links. */
function linked({ file, doc, facts }: Sees): Follow[] {
  const audit = facts.cases.find(({ id }) => id === doc.audit?.id);
  const known = file.links.some(({ to }) => to === audit?.id);
  return audit && !known ? [{ follow: 'link', to: audit.id, toRef: audit.ref, type: 'auditorAccess' }] : [];
}

/** What he or she held in open cases, the verification of a nonconformity for one, goes to somebody else as after a departure. */
function ended(view: Sees): Follow[] {
  const { file } = view;
  const person = file.parties['auditor']!;
  const told = tell(view, 'auditorAccessEnded');
  if (!hasLostAll(view)) return [told];
  return [told, { kind: 'broadcast', scope: { party: person }, command: 'HOLDER_LEFT', body: { from: file.id, fromRef: file.ref, person, because: 'ACCESS_ENDED' } }];
}

function hasLostAll({ file, facts: { directory }, now }: Sees): boolean {
  const person = file.parties['auditor']!;
  const others = directory.casesOf('auditorAccess').filter(({ id, settled, about }) => id !== file.id && settled === null && (about as AuditorAccessAbout).person === person);
  return directory.isAuditorAccount(person, now) && others.length === 0;
}

export const auditorAccessBehaviours: Behaviours<AuditorAccessDocument> = {
  entering: {
    granted: (view) => [tell(view, 'auditorAccessGranted'), ...linked(view)],
    inForce: ({ file }) => [{ follow: 'inform', subject: 'auditorAccessBegins', to: [`person:${file.parties['auditor']!}`] }],
    expired: ended,
    revoked: ended,
    ended,
  },
};
