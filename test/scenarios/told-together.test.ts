import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../contracts/scenario.ts';
import { prepare } from '../../simulation/load-scenario.ts';
import { tellTogether } from '../../simulation/tell-together.ts';
import { createVirtualDriver } from '../../simulation/virtual-driver.ts';
import { demoOrganisation } from '../directory/organisations.ts';

const story = (start: string, ...steps: object[]) => prepare(scenarioSchema.parse({ scenario: `Since ${start}`, start, steps }), demoOrganisation());
const action = (call: string, at?: string) => ({ ...(at && { at }), as: 'stefan.krause', open: 'action', call, with: { title: call, unit: 'development', owner: 'felix.bauer', due: '$today+60cd' } });

async function tell(...stories: ReturnType<typeof story>[]) {
  const driver = createVirtualDriver();
  const failures = await tellTogether(stories, driver);
  const { cases } = driver.journalInMemory().store;
  const files = [...cases.values()].map(({ file }) => file);
  return { failures, opened: files.map(({ ref, openedAt, document }) => [ref, openedAt, (document as { title: string }).title]), files };
}

describe('stories told together', () => {
  it('are told in the order of time, whatever the order of the files', async () => {
    const long = story('2026-11-02T09:00', action('first'), action('third', '+3wd'));
    const { failures, opened } = await tell(story('2026-11-04T09:00', action('second'), action('fourth', '+2wd')), long);
    expect(failures).toEqual([]);
    expect(opened).toEqual([
      ['A-2026-0001', '2026-11-02T08:00:00.000Z', 'first'],
      ['A-2026-0002', '2026-11-04T08:00:00.000Z', 'second'],
      ['A-2026-0003', '2026-11-05T08:00:00.000Z', 'third'],
      ['A-2026-0004', '2026-11-06T08:00:00.000Z', 'fourth'],
    ]);
  });

  it('measure each time from the step before in the same story', async () => {
    const { opened } = await tell(story('2026-11-02T09:00', action('a'), action('b', '+2wd')), story('2026-11-03T09:00', action('c'), action('d', '+2wd')));
    expect(opened.map(([, at, title]) => `${title} ${String(at).slice(0, 10)}`)).toEqual(['a 2026-11-02', 'c 2026-11-03', 'b 2026-11-04', 'd 2026-11-05']);
  });

  it('share names, so that one goes on with what another has opened', async () => {
    const acknowledged = story('2026-11-03T09:00', { as: 'felix.bauer', do: 'ACKNOWLEDGE', on: 'work', expect: { state: 'acknowledged' } });
    expect((await tell(acknowledged, story('2026-11-02T09:00', action('work')))).failures).toEqual([]);
    const twice = await tell(story('2026-11-02T09:00', action('work')), story('2026-11-03T09:00', action('work')));
    expect(twice.failures).toMatchObject([{ scenario: 'Since 2026-11-03T09:00', step: 1, found: expect.stringContaining('called twice') }]);
  });

  it('share people: who has left for one has left for all', async () => {
    const left = story('2026-11-02T09:00', { organisation: { leave: 'mehmet.demir' } });
    const { failures } = await tell(left, story('2026-11-03T09:00', { ...action('work'), as: 'mehmet.demir', expect: { refused: 'PERSON_NOT_ACTIVE' } }));
    expect(failures).toEqual([]);
  });

  it('end at the first failure, and say in which of them', async () => {
    const wrong = story('2026-11-02T09:00', action('work'), { at: '+1wd', as: 'julia.neumann', do: 'ACKNOWLEDGE', on: 'work' });
    const { failures, opened } = await tell(wrong, story('2026-11-04T09:00', action('later')));
    expect(failures).toMatchObject([{ scenario: 'Since 2026-11-02T09:00', step: 2, found: [{ code: 'NOT_ENTITLED' }] }]);
    expect(opened).toHaveLength(1);
  });

  it.each([
    ['a calendar', { calendar: { holidays: {} } }, [action('a')]],
    ['people before it begins', { changes: { leave: 'mehmet.demir' } }, [action('a')]],
    ['an outage', {}, [{ outage: '+1wd' }]],
    ['a next step', {}, [{ at: 'next step' }]],
  ])('have no %s of their own', async (_, head, steps) => {
    const alone = prepare(scenarioSchema.parse({ scenario: 'Alone', start: '2026-11-02T09:00', ...head, steps }), demoOrganisation());
    await expect(tellTogether([alone], createVirtualDriver())).rejects.toThrow(/cannot be told beside others/);
  });

  it('need not be any', async () => {
    expect(await tellTogether([], createVirtualDriver())).toEqual([]);
  });
});
