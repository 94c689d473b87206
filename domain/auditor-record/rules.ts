import type { AuditorRecordDocument } from '../../contracts/auditor-record.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { OpeningView, View } from '../kernel/definition.ts';

/** Who keeps the record of an auditor, and never about himself (rules §7 "Auditor record", SOD-06). */

const KEEPERS = ['role:AUDIT_PROGRAMME_MANAGER', 'role:TOP_MGMT'];

export function openingReasons({ actor: { person }, facts, now }: OpeningView): Reason[] {
  const keys: readonly string[] = person === null ? KEEPERS : facts.directory.keysOf(person, now);
  return KEEPERS.some((key) => keys.includes(key)) ? [] : [reason('NOT_ENTITLED', { entitled: ['auditProgrammeManager', 'topManagement'] })];
}

/** Nobody says of himself that he is competent. */
export function saysItOfHimself({ file, actor }: View<AuditorRecordDocument, unknown>): Reason[] {
  const person = file.parties['auditor'];
  const isOwn = person !== undefined && [actor.person, actor.onBehalfOf].includes(person);
  return isOwn ? [reason('SOD_BLOCKED', { rule: 'SOD-06', person, because: 'ownCompetence', waivable: false })] : [];
}

/** Who sees to it that competence is proved again: the audit programme manager; top management where that is nobody, or the auditor. */
export function renewers({ file, facts: { directory }, now }: Pick<View<AuditorRecordDocument>, 'file' | 'facts' | 'now'>): PrincipalKey[] {
  const fit = (person: PersonId) => person !== file.parties['auditor'];
  const managers = directory.holders('AUDIT_PROGRAMME_MANAGER', now).filter(fit);
  return managers.length > 0 ? managers.map((person): PrincipalKey => `person:${person}`) : ['role:TOP_MGMT'];
}
