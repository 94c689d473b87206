import type { AuditDocument } from '../../contracts/audit.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { View } from '../kernel/definition.ts';
import { auditees, auditorsOf, hasClauses, leadOf, teamOf, undeclared } from './team.ts';
import { openItems } from './results.ts';

/** Who is who in an audit, by person wherever a team may come from outside (rules §7, §18). */

type Sees = View<AuditDocument>;

const key = (person: PersonId): PrincipalKey => `person:${person}`;
const keys = (persons: readonly PersonId[]): PrincipalKey[] => [...new Set(persons)].map(key);

/** Runs the programme; top management where nobody is appointed. */
export function programmeManager({ facts, now }: Pick<Sees, 'facts' | 'now'>): PrincipalKey[] {
  return facts.directory.holders('AUDIT_PROGRAMME_MANAGER', now).length > 0 ? ['role:AUDIT_PROGRAMME_MANAGER'] : ['role:TOP_MGMT'];
}

/** From the closing meeting on everything is about a report, in which the ISO has no say (SOD-02). */
const REPORT_STATES = ['factCheck', 'reporting', 'issued', 'followUp'];

function isAboutIso({ doc, file }: Pick<Sees, 'doc' | 'file'>): boolean {
  return hasClauses(doc) || REPORT_STATES.includes(file.state);
}

/**
 * Who decides where auditor and auditee do not agree: the programme manager, unless he is the audited himself, or the ISO and it is about
 * clauses of the ISMS or about a report; then top management, then the witness (rules §18 "An ISO who is also APM").
 */
export function judges(view: Sees): PrincipalKey[] {
  const { directory } = view.facts;
  const audited = auditees(view);
  const isos = isAboutIso(view) ? directory.holders('ISO', view.now) : [];
  const tiers = [programmeManager(view), ['role:TOP_MGMT'], ['role:WITNESS']] as PrincipalKey[][];
  const free = tiers.map((tier) => tier.flatMap((each) => directory.resolve(each, view.now)).filter((each) => !audited.includes(each) && !isos.includes(each)));
  const found = free.find((tier) => tier.length > 0);
  return found ? keys(found) : ['role:TOP_MGMT'];
}

/** Whose word on dates, or after the closing meeting on facts, is still missing. */
export function pendingAuditees(view: Sees): PersonId[] {
  const { doc, file } = view;
  const spoken = file.state === 'factCheck' ? doc.spoken : doc.agreements.map(({ by }) => by);
  return auditees(view).filter((each) => !spoken.includes(each));
}

/** Who gets the report and has not said so: the ISO, and the management of what was audited. `also`: who says so now. */
export function pendingReceivers(view: Sees, also?: PersonId | null): PrincipalKey[] {
  const { doc, facts, now } = view;
  const version = doc.reports.at(-1)?.version ?? 0;
  const known = [...doc.acknowledgements.filter((each) => each.version === version).map(({ by }) => by), also ?? ''];
  const isos = facts.directory.holders('ISO', now);
  const isoKnows = isos.length === 0 || isos.some((each) => known.includes(each));
  return [...(isoKnows ? [] : (['role:ISO'] as const)), ...keys(auditees(view).filter((each) => !known.includes(each)))];
}

/** Auditors who still have something to record. */
function recorders(view: Sees): PersonId[] {
  const open = openItems(view.doc);
  return auditorsOf(view)
    .filter(({ items }) => items.some((item) => open.includes(item)))
    .map(({ person }) => person);
}

const lead = (view: Sees): PrincipalKey[] => keys([leadOf(view) ?? []].flat());

export const auditParties: Record<string, (view: Sees) => PrincipalKey[]> = {
  leadAuditor: lead,
  leadOrProgrammeManager: (view) => (leadOf(view) === null ? programmeManager(view) : lead(view)),
  auditors: (view) => keys(auditorsOf(view).map(({ person }) => person)),
  team: (view) => keys(teamOf(view).map(({ person }) => person)),
  undeclared: (view) => keys(undeclared(view)),
  recorders: (view) => keys(recorders(view)),
  auditee: (view) => keys(auditees(view)),
  pendingAuditees: (view) => keys(pendingAuditees(view)),
  sampleProviders: ({ doc }) => keys(doc.sampleRequests.filter(({ answer }) => answer === null).map(({ askedOf }) => askedOf)),
  receivers: (view) => pendingReceivers(view),
  auditProgrammeManager: programmeManager,
  judges,
  iso: () => ['role:ISO'],
  isoDeputy: () => ['isoDeputy'],
  topManagement: () => ['role:TOP_MGMT'],
  witness: () => ['role:WITNESS'],
};
