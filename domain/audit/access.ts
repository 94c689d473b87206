import type { AuditDocument, TeamMember } from '../../contracts/audit.ts';
import { datePlus } from '../calendar/date-sum.ts';
import type { Follow, View } from '../kernel/definition.ts';
import { lastDayPlanned, today } from './times.ts';

/** What the team may read, for as long as the audit takes (rules §18 "external firm"; `domain/auditor-access`). */

type Sees = View<AuditDocument, never>;

/** Report, fact check and follow-up of what was found take their time after the last day on site. */
const AFTERWARDS = { months: 6 };

/** Whoever is from outside needs it as soon as named, since nobody signs in without one; everybody else when the audit is ready. */
export function accessFor(view: Sees, members: readonly TeamMember[]): Follow[] {
  const { file, doc } = view;
  const known = file.links.filter(({ type, void: gone }) => type === 'auditorAccess' && !gone).map(({ key }) => key);
  const items = doc.items.map(({ key }) => key).filter((key) => !key.startsWith('unit:'));
  const units = [...new Set([...doc.units, ...doc.items.flatMap(({ key }) => (key.startsWith('unit:') ? [key.slice('unit:'.length)] : []))])];
  const wanted = members.filter(({ person }) => !known.includes(person));
  return wanted.map(({ person }): Follow => {
    const payload = { person, scope: { items, units }, from: today(view), until: datePlus(lastDayPlanned(view), AFTERWARDS), audit: { id: file.id, ref: file.ref }, reason: `Audit ${file.ref}: ${doc.title}`.slice(0, 4000) };
    return { follow: 'open', process: 'auditorAccess', payload, link: 'auditorAccess', awaited: false, object: `${file.id}:${person}`, part: { key: person, contentHash: '' } };
  });
}

/** It ends with the audit. */
export function endAccess({ file }: Sees): Follow[] {
  const given = file.links.filter(({ type, void: gone }) => type === 'auditorAccess' && !gone);
  return given.map(({ to }) => ({ kind: 'command', to, command: 'AUDIT_ENDED', body: { audit: file.id, auditRef: file.ref } }));
}
