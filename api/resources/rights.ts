import type { Reader } from '../../prisma/queries/reader.ts';

/** Rights on what is no case. Attempts are for those who see every case; the chain may also be checked by who keeps the machine running. */
const seesAll = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT', 'role:AUDIT_PROGRAMME_MANAGER'] as const;
const verifies = ['role:ISO', 'role:TOP_MGMT', 'role:ADMIN'] as const;

const operates = ['role:ADMIN'] as const;
const readsOperations = [...operates, 'role:ISO', 'role:TOP_MGMT'] as const;

export const readersOfAttempts = ['iso', 'isoDeputy', 'topManagement', 'auditProgrammeManager'];
export const verifiers = ['iso', 'topManagement', 'admin'];

export function mayReadAttempts({ keys }: Reader): boolean {
  return seesAll.some((key) => keys.includes(key));
}

export const operators = ['admin'];
export const readersOfOperations = ['admin', 'iso', 'topManagement'];

export function mayOperate({ keys }: Reader): boolean {
  return operates.some((key) => keys.includes(key));
}

export function mayReadOperations({ keys }: Reader): boolean {
  return readsOperations.some((key) => keys.includes(key));
}

export function mayVerify({ keys }: Reader): boolean {
  return verifies.some((key) => keys.includes(key));
}

const readsOrganisation = [...seesAll, 'role:AUDITOR', 'role:LEAD_AUDITOR'] as const;
export const readersOfOrganisation = [...readersOfAttempts, 'auditor', 'leadAuditor', 'auditorOfThat'];

/** Who held which role when is evidence (5.3): for those who answer for it and those who audit it. */
export function mayReadOrganisation(reader: Reader): boolean {
  return readsOrganisation.some((key) => reader.keys.includes(key)) || audits(reader, 'clause:5.3');
}

export const readersOfConfiguration = ['everybodyHere', 'auditorOfThat'];

/** What the organisation has set is no secret to anybody who works here; an auditor from outside reads it where that is audited (7.5.3). */
export function mayReadConfiguration(reader: Reader): boolean {
  return !reader.isAuditorAccount || audits(reader, 'clause:7.5.3');
}

function audits({ sees }: Reader, item: string): boolean {
  return sees.includes('item:*') || sees.includes(`item:${item}`);
}

const imports = ['role:ISO', 'role:ADMIN'] as const;
export const importers = ['iso', 'admin'];

/** Loading people is a technical event; what follows from it in the cases, they decide by themselves. */
export function mayImport({ keys }: Reader): boolean {
  return imports.some((key) => keys.includes(key));
}

const keeps = ['role:ISO', 'isoDeputy'] as const;
export const registerKeepers = ['iso', 'isoDeputy'];

/** Taking over a whole register is for those who answer for all of them. */
export function keepsRegisters({ keys }: Reader): boolean {
  return keeps.some((key) => keys.includes(key));
}
