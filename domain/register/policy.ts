import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, PrincipalKey } from '../../contracts/identity.ts';
import { registerBodies } from '../../contracts/register.ts';
import type { RegisterBody, RegisterCommand, RegisterDocument } from '../../contracts/register.ts';
import { line, prose } from '../../contracts/fields.ts';
import type { CommandPolicy, Policy } from '../kernel/definition.ts';
import { registerGuards } from './guards.ts';

/** Who keeps a register: the owner of the entry, the head of its unit, the ISO and the deputy (ISO/IEC 27001:2022 A.5.9). */

type Doc = RegisterDocument;

export interface Register {
  name: string;
  /** Items of the audit universe that an entry is about. */
  auditedAs: (id: CaseId) => readonly string[];
}

type Commands = { [C in RegisterCommand]: CommandPolicy<Doc, RegisterBody<C>> };

const keepers = ['owner', 'unitHead', 'iso', 'isoDeputy'];

const commands: Commands = {
  AMEND: {
    by: keepers,
    body: registerBodies.AMEND,
    record: ({ doc, body: { unit: _, ...changed } }) => ({ ...doc, ...changed }),
    unit: ({ unit }) => unit,
  },
  NAME_OWNER: { by: ['unitHead', 'iso', 'isoDeputy'], body: registerBodies.NAME_OWNER, names: ({ body }) => ({ owner: body.owner }) },
  RETIRE: { by: keepers, body: registerBodies.RETIRE },
  RESTORE: { by: keepers, body: registerBodies.RESTORE },
};

/** Policy of the register of that name; other cases find its entries by the key `register`. */
export function registerPolicy({ name: register, auditedAs }: Register): Policy<Doc> {
  return {
    parties: {
      owner: ({ file }) => (file.parties['owner'] ? [`person:${file.parties['owner']}`] : []),
      unitHead: ({ file, facts, now }) => facts.directory.headsOf(file.unit, now).slice(0, 1).map((head): PrincipalKey => `person:${head}`),
      iso: () => ['role:ISO'],
      isoDeputy: () => ['isoDeputy'],
      topManagement: () => ['role:TOP_MGMT'],
    },
    reassign: { owner: { by: [...keepers, 'topManagement'] } },
    commands: commands as unknown as Policy<Doc>['commands'],
    tasks: { nameOwner: { for: 'unitHead', when: (view) => registerGuards.hasNoOwner(view as never).length === 0 } },
    deadlines: {},
    windows: {},
    rounds: {},
    correctable: {
      name: { value: line('Name'), by: ['iso', 'isoDeputy'] },
      description: { value: prose('Description').nullable(), by: ['iso', 'isoDeputy'] },
    },
    keys: ({ document: { code } }) => [{ key: 'register', value: register }, ...(code ? [{ key: 'code', value: code.toLowerCase() }] : [])],
    // An entry out of use leaves its number to another.
    claims: ({ document: { code }, settled }) => (code && settled === null ? [`${register}:${code.toLowerCase()}`] : []),
    auditedAs: ({ id }) => auditedAs(id),
    reviewInput: 'f',
    list: ({ document, parties }) => ({ title: document.name, owner: parties['owner'] ?? null, grade: document.criticality }),
    about,
  };
}

function about({ document, parties, unit }: CaseFile<Doc>) {
  return { ...document, owner: parties['owner'] ?? null, unit };
}
