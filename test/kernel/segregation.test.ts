import { describe, expect, it } from 'vitest';
import type { CaseId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { conflicts, segregationReasons } from '../../domain/access/segregation.ts';
import { bodyOf, report } from './bodies.ts';
import type { Choice } from './bodies.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { finishAction } from './finish-action.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { processes } from '../../domain/processes.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

const blocked = (rule: string, because: string) => [
  expect.objectContaining({ code: 'SOD_BLOCKED', rule, because }),
];

/** A nonconformity that has come to that state on the way over a plan. */
async function at(state: string): Promise<{ world: World; nc: CaseId }> {
  const planned = (path: { event: string }[]) =>
    !path.some(({ event }) => event === 'NO_CA_NEEDED' || event === 'APPEAL');
  const path = feasibleRoutesTo(processes.nonconformity, state).find(planned)!;
  const world = await createWorld();
  const nc = await openFor(world, 'nonconformity', path);
  for (const step of path) await take(world, nc, step);
  return { world, nc };
}

async function send(
  world: World,
  caseId: CaseId,
  { name, as, ...choice }: Choice & { name: string; as: string },
): Promise<Reason[]> {
  return world.send(caseId, name, as, await bodyOf(world, caseId, name, choice));
}

/** The next attempt after an ineffective one, up to its planning. */
async function secondAttempt(): Promise<{ world: World; nc: CaseId }> {
  const { world, nc } = await at('effectivenessReview');
  await world.does(nc, 'INEFFECTIVE', people.auditor, { reason: 'It did not help' });
  for (const event of ['SUBMIT_CAUSE', 'CA_NEEDED']) await take(world, nc, { event, passes: [] });
  return { world, nc };
}

const actionOf = (world: World, nc: CaseId): CaseId =>
  world.file(nc).links.findLast(({ type }) => type === 'correctiveAction')!.to;

describe('conflicting relations', () => {
  const family = { self: 'action', parents: ['nc'] };

  it.each(conflicts)(
    '$rule: $one and $other bar each other, whichever came first',
    ({ rule, one, other, on }) => {
      for (const [first, second] of [
        [one, other],
        [other, one],
      ] as const) {
        const held = (object: string) => [{ person: 'p', relation: first, object, at: '' }];
        expect(segregationReasons('p', second, family, held('action'))).toEqual(blocked(rule, first));
        expect(segregationReasons('p', second, family, held('nc'))).toEqual(
          on === 'family' ? blocked(rule, first) : [],
        );
        expect(segregationReasons('p', second, family, held('elsewhere'))).toEqual([]);
        expect(segregationReasons('q', second, family, held('action'))).toEqual([]);
      }
    },
  );
});

describe('SOD-05, in the order in which nobody looks', () => {
  it('who has judged an attempt carries out nothing of the next one', async () => {
    const { world, nc } = await secondAttempt();
    expect(
      await send(world, nc, {
        name: 'SUBMIT_PLAN',
        as: people.ncOwner,
        actionOwners: [people.auditor],
        verifier: 'ingrid.pohl',
      }),
    ).toEqual(blocked('SOD-05', 'judgedEffectiveness'));
    await world.does(
      nc,
      'SUBMIT_PLAN',
      people.ncOwner,
      await bodyOf(world, nc, 'SUBMIT_PLAN', { verifier: 'joerg.wagner' }),
    );
    await take(world, nc, { event: 'APPROVED', passes: [] });
    expect(
      await send(world, actionOf(world, nc), {
        name: 'REASSIGN',
        as: people.iso,
        role: 'owner',
        to: people.auditor,
      }),
    ).toEqual(blocked('SOD-05', 'judgedEffectiveness'));
  });

  it('who has judged does not become the owner, who would find the next cause', async () => {
    const { world, nc } = await secondAttempt();
    await world.does(nc, 'REASSIGN', people.iso, {
      role: 'verifier',
      to: 'joerg.wagner',
      reason: 'She has other work',
    });
    expect(
      await send(world, nc, { name: 'REASSIGN', as: people.iso, role: 'ncOwner', to: people.auditor }),
    ).toEqual(blocked('SOD-05', 'judgedEffectiveness'));
  });

  it('who has confirmed the implementation carries out nothing afterwards', async () => {
    const { world, nc } = await secondAttempt();
    expect(
      await send(world, nc, { name: 'SUBMIT_PLAN', as: people.ncOwner, actionOwners: [people.iso] }),
    ).toEqual(blocked('SOD-05', 'confirmedImplementation'));
  });

  it('the owner is not the verifier, and the verifier does not become the owner', async () => {
    const { world, nc } = await at('planning');
    await world.does(nc, 'REASSIGN', people.iso, {
      role: 'ncOwner',
      to: 'stefan.krause',
      reason: 'It is his area',
    });
    expect(
      await send(world, nc, { name: 'SUBMIT_PLAN', as: 'stefan.krause', verifier: 'stefan.krause' }),
    ).toEqual(blocked('SOD-05', 'ncOwner'));
    await world.does(nc, 'SUBMIT_PLAN', 'stefan.krause', await bodyOf(world, nc, 'SUBMIT_PLAN'));
    expect(
      await send(world, nc, { name: 'REASSIGN', as: people.iso, role: 'ncOwner', to: people.auditor }),
    ).toEqual(blocked('SOD-05', 'verifier'));
  });

  it('what an action was given to after the plan counts as much as what the plan said', async () => {
    const { world, nc } = await at('implementing');
    await world.does(actionOf(world, nc), 'REASSIGN', people.iso, {
      role: 'owner',
      to: 'felix.bauer',
      reason: 'Leon is away',
    });
    expect(
      await send(world, nc, { name: 'REASSIGN', as: people.iso, role: 'verifier', to: 'felix.bauer' }),
    ).toEqual(blocked('SOD-05', 'actionOwner'));
  });

  it('nobody confirms what he corrected, also where he could only say that nothing can be corrected', async () => {
    const { world, nc } = await at('containment');
    await take(world, nc, { event: 'CORRECTION_NOT_POSSIBLE', passes: [] });
    await take(world, nc, { event: 'SUBMIT_CAUSE', passes: [] });
    await world.does(nc, 'REASSIGN', people.iso, {
      role: 'ncOwner',
      to: 'stefan.krause',
      reason: 'It is his area',
    });
    await take(world, nc, { event: 'NO_CA_NEEDED', passes: [] });
    await world.does(nc, 'REASSIGN', people.topManagement, {
      role: 'verifier',
      to: 'joerg.wagner',
      reason: 'An outsider',
    });
    await world.change({ give: [{ role: 'ISO', person: people.ncOwner }] });
    expect(await send(world, nc, { name: 'CONFIRM_IMPLEMENTATION', as: people.ncOwner })).toEqual(
      blocked('SOD-05', 'recordedCorrection'),
    );
  });

  it('a follow-up such as a change of the ISMS is no corrective action: who did it may confirm', async () => {
    const world = await createWorld();
    const nc = await openFor(world, 'nonconformity', []);
    await world.does(nc, 'ACCEPT', people.iso, await bodyOf(world, nc, 'ACCEPT', { grade: 'major' }));
    await take(world, nc, { event: 'RECORD_CORRECTION', passes: [] });
    const cause = (await bodyOf(world, nc, 'SUBMIT_CAUSE')) as { causes: object[] };
    const causes = cause.causes.map((each) => ({ ...each, category: 'PROCESS' }));
    await world.does(nc, 'SUBMIT_CAUSE', people.ncOwner, { ...cause, causes });
    await finishAction(world, world.file(nc).links.find(({ type }) => type === 'ISMS_CHANGE')!.to);
    for (const event of [
      'CA_NEEDED',
      'SUBMIT_PLAN',
      'APPROVED',
      'LINKS_SETTLED',
    ])
      await take(world, nc, { event, passes: [] });
    expect(await send(world, nc, { name: 'CONFIRM_IMPLEMENTATION', as: people.iso })).toEqual([]);
  });
});

describe('SOD-06', () => {
  it('whom it concerns does not regrade it, whoever owns it', async () => {
    const world = await createWorld();
    const nc = await world.open(people.reporter, 'nonconformity', report(world, { concerns: people.iso }));
    await world.does(nc, 'ACCEPT', people.deputy, await bodyOf(world, nc, 'ACCEPT'));
    expect(await send(world, nc, { name: 'REGRADE', as: people.iso })).toEqual(
      blocked('SOD-06', 'concerned'),
    );
    expect(await send(world, nc, { name: 'REGRADE', as: people.deputy })).toEqual([]);
  });

  it('who owns it does not confirm it, though somebody else corrected it', async () => {
    const { world, nc } = await at('caDecision');
    await world.does(nc, 'REASSIGN', people.iso, {
      role: 'ncOwner',
      to: 'stefan.krause',
      reason: 'It is his area',
    });
    await take(world, nc, { event: 'NO_CA_NEEDED', passes: [] });
    await world.change({ give: [{ role: 'ISO', person: 'stefan.krause' }] });
    expect(await send(world, nc, { name: 'CONFIRM_IMPLEMENTATION', as: 'stefan.krause' })).toEqual(
      blocked('SOD-06', 'ncOwner'),
    );
    expect(await send(world, nc, { name: 'NOT_CONFIRMED', as: 'stefan.krause' })).toEqual(
      blocked('SOD-06', 'ncOwner'),
    );
  });
});

describe('approver ≠ owner', () => {
  it('who has approved a plan does not become the owner', async () => {
    const { world, nc } = await at('implementing');
    await world.change({ give: [{ role: 'ISO_DEPUTY', person: 'ingrid.pohl' }] });
    await world.does(nc, 'REPLAN', people.ncOwner, { reason: 'Another way' });
    await take(world, nc, { event: 'SUBMIT_PLAN', passes: [] });
    await world.does(nc, 'APPROVE', 'ingrid.pohl', await bodyOf(world, nc, 'APPROVE'));
    expect(
      await send(world, nc, {
        name: 'REASSIGN',
        as: people.topManagement,
        role: 'ncOwner',
        to: 'ingrid.pohl',
      }),
    ).toEqual(blocked('P4-APPROVER', 'approvedPlan'));
  });

  it('who has submitted an earlier version does not approve a later one, though somebody else owns it now', async () => {
    const { world, nc } = await at('planApproval');
    await take(world, nc, { event: 'REJECTED', passes: [] });
    await world.change({ give: [{ role: 'ISO', person: people.ncOwner }] });
    await world.does(nc, 'REASSIGN', people.topManagement, {
      role: 'ncOwner',
      to: 'stefan.krause',
      reason: 'It is his area',
    });
    await world.does(nc, 'SUBMIT_PLAN', 'stefan.krause', await bodyOf(world, nc, 'SUBMIT_PLAN'));
    expect(await send(world, nc, { name: 'APPROVE', as: people.ncOwner })).toEqual([
      expect.objectContaining({ rule: 'P4-APPROVER' }),
    ]);
  });

  it('a verifier named during the approval is part of what is approved', async () => {
    const { world, nc } = await at('planApproval');
    const { contentHash } = world.file(nc).round!;
    await world.does(nc, 'REASSIGN', people.iso, {
      role: 'verifier',
      to: 'joerg.wagner',
      reason: 'Sabine is away',
    });
    expect(await world.send(nc, 'APPROVE', people.iso, { contentHash })).toEqual([
      expect.objectContaining({ code: 'CONTENT_CHANGED' }),
    ]);
  });
});

describe('what was refused for authority or segregation of duties', () => {
  it('is an attempt of its own, and nothing else is', async () => {
    const { world, nc } = await at('planApproval');
    const { attempts } = world.driver.journalInMemory().store;
    const before = attempts.length;
    await send(world, nc, { name: 'APPROVE', as: people.uninvolved });
    await send(world, nc, { name: 'NO_CA_NEEDED', as: people.iso });
    await world.send(nc, 'APPROVE', people.iso, { contentHash: '0'.repeat(64) });
    await world.send(nc, 'COMMENT', people.iso, { text: '' });
    expect(attempts.slice(before)).toEqual([
      expect.objectContaining({ person: people.uninvolved, command: 'APPROVE', caseId: nc }),
    ]);
  });
});

describe('a second attempt', () => {
  it('is not implemented by what the first has done', async () => {
    const { world, nc } = await secondAttempt();
    const body = (await bodyOf(world, nc, 'SUBMIT_PLAN')) as { actions: { key: string }[] };
    await world.does(nc, 'SUBMIT_PLAN', people.ncOwner, {
      ...body,
      actions: body.actions.map((action) => ({ ...action, key: 'b1' })),
    });
    await take(world, nc, { event: 'APPROVED', passes: [] });
    await world.does(actionOf(world, nc), 'REQUEST_CANCEL', people.iso, { reason: 'It costs too much' });
    await world.does(actionOf(world, nc), 'CONFIRM_CANCEL', people.ncOwner);
    expect(world.file(nc).state).toBe('implementing');
    expect((await world.driver.view(nc)).asked).toEqual([
      { task: 'replanIfNeeded', persons: [people.ncOwner] },
    ]);
  });
});
