import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  expectationSchema,
  organisationChangeSchema,
  scenarioSchema,
  scenarioStepSchema,
} from '../../contracts/scenario.ts';
import type { ScenarioResult } from '../../contracts/scenario.ts';
import { loadScenario, prepare } from '../../simulation/load-scenario.ts';
import { runScenario } from '../../simulation/run-scenario.ts';
import { scenarioReport } from '../../simulation/scenario-report.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { demoOrganisation } from '../directory/organisations.ts';

const open = {
  as: 'stefan.krause',
  open: 'action',
  call: 'work',
  with: { title: 'Encrypt', unit: 'development', owner: 'felix.bauer', due: '$today+18cd' },
};
const story = (...steps: object[]) => ({ scenario: 'A story', start: '2026-11-02T09:00', steps });

function run(text: object): Promise<ScenarioResult> {
  return runScenario(prepare(scenarioSchema.parse(text), demoOrganisation()), createVirtualDriver());
}

/** The same step with the expectation, right and wrong. */
const looks: [string, object, object][] = [
  ['state', { state: 'assigned' }, { state: 'done' }],
  ['settled', { settled: null }, { settled: 'done' }],
  ['attempt', { attempt: 1 }, { attempt: 2 }],
  ['flags', { flags: [] }, { flags: 'overdue' }],
  ['noFlags', { noFlags: 'overdue' }, { flags: 'repeat' }],
  ['escalation', { escalation: 'none' }, { escalation: 'E1' }],
  ['told', { told: { 'felix.bauer': 'taskAsked acknowledge' } }, { told: { 'felix.bauer': 'reminder' } }],
  ['told another', { told: { 'felix.bauer': 'taskAsked' } }, { told: { 'julia.neumann': 'taskAsked' } }],
  ['notTold', { notTold: 'julia.neumann' }, { notTold: ['felix.bauer'] }],
  [
    'asked',
    { asked: { acknowledge: 'felix.bauer' } },
    { asked: { acknowledge: ['felix.bauer', 'julia.neumann'] } },
  ],
  ['asked for another task', { asked: { acknowledge: 'felix.bauer' } }, { asked: { verify: 'felix.bauer' } }],
  ['notAsked', { notAsked: 'verify' }, { notAsked: 'acknowledge' }],
  ['journal', { journal: ['OPENED', 'OWNER_NAMED'] }, { journal: ['OPENED'] }],
  ['entries', { entries: ['OPENED', 'OWNER_NAMED'] }, { entries: ['OWNER_NAMED'] }],
  [
    'happened',
    { happened: [{ kind: 'deadlineSet', deadline: 'due', due: '2026-11-20T17:00' }] },
    { happened: { kind: 'deadlineSet', deadline: 'due', due: '2026-11-20T16:00' } },
  ],
  [
    'happened in order',
    { happened: [{ kind: 'deadlineSet' }, { kind: 'machineEvent' }] },
    { happened: [{ kind: 'machineEvent' }, { kind: 'linked' }] },
  ],
  ['notHappened', { notHappened: 'stepFired' }, { notHappened: 'deadlineSet' }],
  ['fired', { fired: { due: [] } }, { fired: { due: ['R1'] } }],
  [
    'deadline due',
    { deadlines: { due: { due: '2026-11-20T17:00', open: true, late: false } } },
    { deadlines: { due: { due: '2026-11-21T17:00' } } },
  ],
  ['deadline open', { deadlines: { due: { open: true } } }, { deadlines: { due: { open: false } } }],
  ['deadline unknown', { deadlines: { due: {} } }, { deadlines: { other: { open: true } } }],
  ['window', { window: null }, { window: { ends: '2026-12-01T09:00' } }],
  ['parties', { parties: { owner: 'felix.bauer', verifier: null } }, { parties: { owner: 'julia.neumann' } }],
  ['document', { document: { due: '$today+18cd', covers: [] } }, { document: { due: '2026-01-01' } }],
  ['linked', { linked: {} }, { linked: { related: 'work' } }],
];

describe('an expectation', () => {
  it.each(looks)('of %s that is met says nothing, and one that is not is named', async (_, right, wrong) => {
    expect((await run(story({ ...open, expect: right }))).failures).toEqual([]);
    const { passed, failures } = await run(story({ ...open, expect: wrong }));
    expect({ passed, steps: failures.map(({ step }) => step) }).toEqual({ passed: false, steps: [1] });
  });

  it('prints step, expected and found', async () => {
    const result = await run(
      story(open, {
        at: '+1wd',
        as: 'felix.bauer',
        do: 'ACKNOWLEDGE',
        on: 'work',
        expect: { state: 'done' },
      }),
    );
    expect(scenarioReport(result)).toBe(
      [
        'FAILED  A story',
        '  step 2, 2026-11-03T09:00: felix.bauer ACKNOWLEDGE on work',
        '    state',
        '      expected: done',
        '      found:    acknowledged',
      ].join('\n'),
    );
  });

  it('of a refusal fails when the step is accepted, and when it is refused for something else', async () => {
    const decline = (as: string, refused: unknown) => ({
      as,
      do: 'DECLINE',
      on: 'work',
      with: { reason: 'No time' },
      expect: { refused },
    });
    expect((await run(story(open, decline('julia.neumann', 'NOT_ENTITLED')))).passed).toBe(true);
    expect((await run(story(open, decline('felix.bauer', 'NOT_ENTITLED')))).failures).toMatchObject([
      { what: 'refused', found: 'accepted' },
    ]);
    expect((await run(story(open, decline('julia.neumann', 'SOD-05')))).failures).toMatchObject([
      { what: 'refused', found: [{ code: 'NOT_ENTITLED' }] },
    ]);
    expect(
      (await run(story(open, decline('julia.neumann', { reason: 'NOT_ENTITLED', entitled: ['iso'] }))))
        .passed,
    ).toBe(false);
  });

  it('is about what one step has added, also to a case of another name', async () => {
    const look = {
      at: '+12wd',
      expect: {
        of: 'work',
        entries: [
          'DEADLINE_STEP',
          'DEADLINE_STEP',
          'DEADLINE_STEP',
          'ESCALATION_UNANSWERED',
          'DEADLINE_STEP',
          'DEADLINE_STEP',
        ],
      },
    };
    const { failures } = await run(story(open, look, { expect: { of: 'work', entries: [] } }));
    expect(failures.filter(({ step }) => step === 3)).toEqual([]);
    expect(failures[0]?.found).not.toEqual([]);
  });
});

describe('a scenario', () => {
  it('ends at a step that cannot be carried out, and says what to change', async () => {
    const said = async (...steps: object[]) =>
      (await run(story(...steps))).failures.map(({ found }) => found);
    const comment = { as: 'felix.bauer', do: 'COMMENT', with: { text: 'x' } };
    expect(await said({ ...comment, on: 'nothing' }, open)).toEqual([
      'no case is called nothing; known: none yet',
    ]);
    expect(await said(open, open)).toEqual(['"work" is called twice; choose another name']);
    expect(await said({ at: '2026-01-01T09:00' })).toEqual([expect.stringContaining('time runs forward')]);
    expect(await said({ at: 'next step' })).toEqual(['there is no next step: nothing is due in any case']);
    expect(await said({ at: '2026-02-30T09:00' })).toEqual([expect.stringContaining('no time that exists')]);
    expect(await said(open, { ...comment, on: 'work', with: { text: '$work.colour' } })).toEqual([
      expect.stringContaining('has contentHash, revision'),
    ]);
    expect(await said({ organisation: { leave: 'nobody' } })).toEqual([
      'nobody called nobody is in the organisation',
    ]);
    expect(await said({ expect: { state: 'x' } })).toEqual([
      'say with "of" which case the expectation is about',
    ]);
  });

  it('ends at a step that is refused although nobody expected it', async () => {
    const { failures } = await run(
      story(
        open,
        { as: 'julia.neumann', do: 'DECLINE', on: 'work', with: { reason: 'x' } },
        { expect: { state: 'nowhere' } },
      ),
    );
    expect(failures).toMatchObject([{ step: 2, what: 'refused', expected: 'accepted' }]);
  });

  it.each([
    ['two things in one step', { as: 'x', open: 'action', do: 'ACCEPT', on: 'nc' }],
    ['nobody who does it', { do: 'ACCEPT', on: 'nc' }],
    ['no case', { as: 'x', do: 'ACCEPT' }],
    ['nothing at all', { note: 'Nothing' }],
    ['evidence without a name', { as: 'x', upload: 'a.pdf' }],
    ['an unknown word', { as: 'x', does: 'ACCEPT' }],
    ['a time that is none', { at: 'tomorrow' }],
    ['an unknown expectation', { at: '+1wd', expect: { stat: 'done' } }],
  ])('with %s is refused before it runs', (_, step) => {
    expect(scenarioSchema.safeParse(story(step)).success).toBe(false);
  });
});

describe('times', () => {
  it.each([
    ['+3wd', '2026-11-05T08:00:00.000Z'],
    ['+3wd 17:00', '2026-11-05T16:00:00.000Z'],
    ['+90cd', '2027-01-31T08:00:00.000Z'],
    ['+72h', '2026-11-05T08:00:00.000Z'],
    ['+1mo', '2026-12-02T08:00:00.000Z'],
    ['+8mo', '2027-07-02T07:00:00.000Z'],
    ['2026-11-03T09:00', '2026-11-03T08:00:00.000Z'],
    ['2026-11-03 09:00', '2026-11-03T08:00:00.000Z'],
    ['2026-11-03T09:00Z', '2026-11-03T09:00:00.000Z'],
    ['2026-11-03T09:00+02:00', '2026-11-03T07:00:00.000Z'],
  ])('%s is %s, counted from Monday 2 November 2026 at nine in Berlin', async (at, instant) => {
    const driver = createVirtualDriver();
    const result = await runScenario(
      prepare(scenarioSchema.parse(story({ at })), demoOrganisation()),
      driver,
    );
    expect(result.failures).toEqual([]);
    expect(driver.now()).toBe(instant);
  });
});

describe('docs/scenarios.md', () => {
  const text = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');

  it('begins with a story that can be told', async () => {
    const [, story = ''] = /```yaml\n(scenario:[\s\S]*?)```/.exec(text) ?? [];
    expect(scenarioReport(await run(parse(story)))).toMatch(/^passed/);
  });

  it('explains every word of a file, a step and an expectation', () => {
    const words = [scenarioSchema, scenarioStepSchema, expectationSchema, organisationChangeSchema].flatMap(
      (schema) => Object.keys(schema.shape),
    );
    expect(words.filter((word) => !new RegExp(`\\b${word}:|\`${word}\``).test(text))).toEqual([]);
  });
});

describe('scenario files', () => {
  let folder = '';
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'scenario-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('name every mistake with its step', async () => {
    const path = file('wrong.yaml', stringify(story(open, { do: 'ACCEPT', on: 'nc' }, { at: 'tomorrow' })));
    await expect(loadScenario(path)).rejects.toThrow(
      /step 2, as: is missing[\s\S]*step 3, at: must be a time/,
    );
  });

  it('that are no YAML or cannot be read are told so', async () => {
    await expect(loadScenario(file('broken.yaml', 'a: [b'))).rejects.toThrow(/is not YAML/);
    await expect(loadScenario(join(folder, 'none.yaml'))).rejects.toThrow(/cannot be read/);
  });

  it('take an organisation of their own from beside them', async () => {
    file(
      'company.json',
      JSON.stringify({
        ...demoOrganisation(),
        organisation: { name: 'Other', zone: 'Europe/Berlin', locale: 'de-DE' },
      }),
    );
    const { organisation } = await loadScenario(
      file('own.yaml', stringify({ ...story(open), organisation: 'company.json' })),
    );
    expect(organisation.organisation.name).toBe('Other');
  });
});
