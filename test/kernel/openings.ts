import type { CaseId } from '../../contracts/identity.ts';
import { openAuditFor } from './audit-moves.ts';
import { openAssessmentFor } from './assessment-moves.ts';
import {
  assessmentSchedule,
  auditorAccess,
  auditorRecord,
  breakGlass,
  configurationChange,
  contextRecord,
  report,
  today,
} from './bodies.ts';
import { conditional } from './moves.ts';
import { openFindingFor } from './finding-moves.ts';
import { riskCriteriaBody } from './risk-bodies.ts';
import { openRisk } from './risk-moves.ts';
import type { Step } from './routes.ts';
import { openAcceptanceFor, openPlanFor } from './treatment-moves.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** Opens a case on which the path can be walked: with an outside body, and an action with an owner where the path starts so. */
export async function openFor(world: World, process: string, path: readonly Step[]): Promise<CaseId> {
  return (openers[process] ?? opensStanding(process))(world, path);
}

type Opener = (world: World, path: readonly Step[]) => Promise<CaseId>;

const openers: Record<string, Opener> = {
  assessment: openAssessmentFor,
  audit: openAuditFor,
  assessmentSchedule: (world) => world.open(people.iso, 'assessmentSchedule', assessmentSchedule(world)),
  absence: (world) => world.open(people.uninvolved, 'absence', standInBody(world, 'absence')),
  acceptance: openAcceptanceFor,
  action: (world, path) => {
    const owner = path[0]?.event === 'OWNER_NAMED' ? { owner: people.actionOwner } : {};
    return world.open(people.uninvolved, 'action', {
      title: 'Encrypt',
      unit: 'it',
      due: today(world, 30),
      ...owner,
    });
  },
  auditorAccess: (world) => world.open(people.iso, 'auditorAccess', auditorAccess(world)),
  auditorRecord: (world) => world.open(people.topManagement, 'auditorRecord', auditorRecord),
  breakGlass: (world) => world.open(people.actionOwner, 'breakGlass', breakGlass),
  configurationChange: (world) =>
    world.open(people.iso, 'configurationChange', { title: 'Triage', ...configurationChange(world) }),
  contextRecord: (world) => world.open(people.iso, 'contextRecord', contextRecord),
  delegation: (world) => world.open(people.uninvolved, 'delegation', standInBody(world, 'delegation')),
  departure: (world) =>
    world.open(people.iso, 'departure', {
      kind: 'LEAVES',
      person: people.uninvolved,
      lastDay: today(world, 10),
    }),
  finding: openFindingFor,
  nonconformity: (world, path) => {
    if (path.some(({ event }) => event === 'LAPSED')) conditional.add(world);
    const external = { body: 'Customer AG', reference: 'C-1', reportedOn: today(world) };
    return world.open(
      people.reporter,
      'nonconformity',
      report(world, { source: 'CUSTOMER_AUDIT', external }),
    );
  },
  risk: openRisk,
  riskCriteria: (world) => world.open(people.iso, 'riskCriteria', riskCriteriaBody),
  treatmentPlan: openPlanFor,
};

function opensStanding(process: string): Opener {
  return (world, path) => world.open(people.iso, process, standingBody(process, path));
}

/** Without an owner where the path names one; a control of the organisation's own where it is given up. */
function standingBody(process: string, path: readonly Step[]): object {
  if (process === 'statementOfApplicability') return { cause: { kind: 'OTHER' } };
  const owner = path.some(({ event }) => event === 'NAME_OWNER') ? {} : { owner: people.uninvolved };
  if (process !== 'control') return { name: 'Customer records', code: 'X-1', unit: 'it', ...owner };
  const which = path.some(({ event }) => event === 'RETIRE')
    ? { control: 'OC-1', title: 'Four eyes at the safe' }
    : { control: 'a.8.13' };
  return { ...which, ...owner, mandates: [{ code: 'CONTRACT', text: 'Customer AG', ref: '§ 4' }] };
}

/** Begins in ten days, so that its beginning is a step of its own. */
function standInBody(world: World, process: 'delegation' | 'absence'): object {
  const days = { from: today(world, 10), until: today(world, 30) };
  if (process === 'absence') return { ...days, person: people.uninvolved, substitute: people.actionOwner };
  return { ...days, delegate: people.actionOwner, scope: 'EVERYTHING', reason: 'Parental leave' };
}
