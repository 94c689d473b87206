import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNonconformityGrade } from '../../contracts/finding.ts';
import type { FindingCommand, FindingDocument } from '../../contracts/finding.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { findingCommandBodies } from '../kernel/finding-moves.ts';
import { createWorld } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';
import { anAudit, audits, draftFinding, findingPeople as people, nonconformitiesOf } from '../support/findings.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Findings of two audits about two requirements in overlapping units; anybody tries anything, and reports come when they come. */

const grades = ['MAJOR_NC', 'MINOR_NC', 'OFI', 'CONFORMITY'] as const;
const tried = ['AMEND', 'GRADE', 'NOT_THE_SAME', 'DISPUTE', 'ANSWER_DISPUTE', 'APPEAL', 'DECIDE_APPEAL', 'REGRADE', 'DECIDE_OFI', 'WITHDRAW'] as const;
const next: Record<string, 'PRESENT' | 'CONFIRM' | 'ISSUE'> = { draft: 'PRESENT', presented: 'CONFIRM', answered: 'CONFIRM', confirmed: 'ISSUE' };
const everybody: PersonId[] = [people.lead, people.author, people.recipient, people.secondLevel, 'anna.berger', 'carola.stein', 'georg.brandt'];
const reason = 'Because it is so';

type Step =
  | { kind: 'draft'; audit: number; about: number; units: string[] }
  /** The next thing that its audit does with it, and what the lead does for that. */
  | { kind: 'audit'; which: number; grade: (typeof grades)[number] }
  | { kind: 'try'; which: number; who: number; what: (typeof tried)[number]; grade: (typeof grades)[number] }
  /** The finder takes a nonconformity back himself; its owner corrects it to the end. */
  | { kind: 'end'; which: number }
  | { kind: 'time'; days: number };

const n = fc.nat({ max: 99 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('draft' as const), audit: n, about: n, units: fc.subarray(['it', 'hr', 'sales'], { minLength: 1 }) }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('audit' as const), which: n, grade: fc.constantFrom(...grades) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('try' as const), which: n, who: n, what: fc.constantFrom(...tried), grade: fc.constantFrom(...grades) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), which: n }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const), days: fc.constantFrom(1, 8, 40) }) },
);
const course = fc.array(step, { minLength: 30, maxLength: 60 });

interface Place {
  world: World;
  audits: CaseId[];
  findings: CaseId[];
}

const pick = <T>(from: readonly T[], which: number): T | undefined => from[which % from.length];
const docOf = ({ world }: Place, id: CaseId) => world.file(id).document as unknown as FindingDocument;

async function carryOut(place: Place, each: Step): Promise<void> {
  const { world } = place;
  if (each.kind === 'time') return world.driver.advanceTo(new Date(Date.parse(world.driver.now()) + each.days * 86_400_000).toISOString());
  if (each.kind === 'draft') {
    const requirement = pick(['A.8.13', 'A.8.15'], each.about)!;
    place.findings.push(await draftFinding(world, { audit: pick(place.audits, each.audit)!, requirement, item: `control:${requirement}`, units: each.units }));
    return;
  }
  const caseId = pick(place.findings, each.which);
  if (caseId === undefined) return;
  if (each.kind === 'audit') return onward(place, caseId, each.grade);
  if (each.kind === 'try') return attempt(place, caseId, each);
  for (const nc of nonconformitiesOf(world, caseId).slice(0, 1)) await world.send(nc, 'WITHDRAW', people.lead, { reason });
}

async function onward({ world }: Place, caseId: CaseId, grade: string): Promise<void> {
  const { state, document } = world.file(caseId);
  if (state === 'presented' && document['grade'] === null) await world.send(caseId, 'GRADE', people.lead, { grade, reason });
  if (state === 'disputed') await world.send(caseId, 'ANSWER_DISPUTE', people.lead, { answer: 'It stands', grade });
  if (next[state] !== undefined) await audits(world, caseId, next[state]);
}

async function attempt({ world }: Place, caseId: CaseId, { what, who, grade }: Extract<Step, { kind: 'try' }>): Promise<void> {
  const body = what === 'WITHDRAW' ? { reason } : await findingCommandBodies[what as FindingCommand]({ world, caseId });
  const asked = ['GRADE', 'ANSWER_DISPUTE', 'REGRADE'].includes(what) ? { grade } : what === 'DECIDE_APPEAL' ? { verdict: 'REGRADED', grade } : {};
  // The lead grades most of the time, so that reports are issued at all.
  const person = who % 2 === 0 && ['GRADE', 'ANSWER_DISPUTE', 'REGRADE'].includes(what) ? people.lead : pick(everybody, who)!;
  await world.send(caseId, what, person, { ...body, ...asked });
}

/** Nonconformities of a finding that nobody has taken back: not its lead auditor, and not the engine because the grade fell. */
function standing(place: Place, finding: CaseId): { unit: string; id: CaseId }[] {
  return nonconformitiesOf(place.world, finding)
    .map((id) => place.world.file(id))
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ id, unit }) => ({ id, unit }));
}

const takenBack = ({ world }: Place, finding: CaseId): string[] =>
  nonconformitiesOf(world, finding)
    .filter((id) => world.driver.journalInMemory().stored(id).journal.some(({ type, actor }) => type === 'WITHDRAW' && actor.person !== null))
    .map((id) => world.file(id).unit);

function expectOneForEachUnit(place: Place, id: CaseId): void {
  const { issued, grade, units } = docOf(place, id);
  const { state } = place.world.file(id);
  const stands = standing(place, id).map(({ unit }) => unit);
  expect(new Set(stands).size, `${id} has two cases in one unit`).toBe(stands.length);
  if (issued === null) expect(nonconformitiesOf(place.world, id)).toEqual([]);
  else if (isNonconformityGrade(grade) && state !== 'withdrawn') for (const unit of units) expect([...stands, ...takenBack(place, id)], `${state} ${unit}`).toContain(unit);
  else for (const { id: nc } of standing(place, id)) expect((place.world.file(nc).document as unknown as NonconformityDocument).finding?.id, 'another finding has opened it').not.toBe(id);
}

/** As the engine keeps them and as the journal has them: by the lead auditor, or by the second level which was asked. */
function expectGradedByWhoMay(place: Place, id: CaseId): void {
  for (const { by, how } of docOf(place, id).grades) expect([by, how]).toEqual(how === 'APPEAL' ? [people.secondLevel, how] : [people.lead, how]);
  const grading = place.world.driver.journalInMemory().stored(id).journal.filter(({ patch }) => JSON.stringify(patch).includes('"grades"'));
  for (const { type } of grading.slice(1)) expect(['GRADE', 'ANSWER_DISPUTE', 'DECIDE_APPEAL', 'REGRADE']).toContain(type);
}

let seen = { issued: 0, linked: 0 };

test('every finding of an issued report that is graded as a nonconformity has exactly one case in each of its units, and nobody but the lead or the second level has graded', async () => {
  seen = { issued: 0, linked: 0 };
  await fc.assert(
    fc.asyncProperty(course, async (steps) => {
      const world = await createWorld();
      const place: Place = { world, audits: [await anAudit(world), await anAudit(world)], findings: [] };
      for (const each of steps) {
        await carryOut(place, each);
        for (const id of place.findings) {
          expectOneForEachUnit(place, id);
          expectGradedByWhoMay(place, id);
        }
      }
      seen.issued += place.findings.filter((id) => nonconformitiesOf(world, id).length > 0).length;
      seen.linked += world.cases().filter((id) => world.file(id).process === 'nonconformity' && world.file(id).flags.includes('foundAgain')).length;
    }),
    propertyRuns(60),
  );
  // Most of what is tried is refused; that reports are issued and findings taken up at all makes the rest worth something.
  expect(seen.issued).toBeGreaterThan(20);
  expect(seen.linked).toBeGreaterThan(3);
}, 240_000);
