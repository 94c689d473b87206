import type { Instant } from '../contracts/identity.ts';
import type { ScenarioFailure } from '../contracts/scenario.ts';
import type { LoadedScenario } from './load-scenario.ts';
import type { ScenarioDriver } from './scenario-driver.ts';
import { createNames } from './scenario-names.ts';
import { createStage, runStep, timeOf } from './scenario-step.ts';
import type { Stage } from './scenario-step.ts';
import { ScenarioProblem } from './scenario-time.ts';

/** A step that was not as its story says. */
export interface FailedStory extends ScenarioFailure {
  scenario: string;
}

interface Story {
  loaded: LoadedScenario;
  stage: Stage;
  /** When its next step is due; null where it has been told. */
  next: Instant | null;
}

/**
 * Stories of one organisation as they happened beside each other: whatever comes next in any of them is told next, so that time runs
 * forward in all of them and the journal lies in the order of time. They share their names: what one has opened, another one goes on
 * with. Told until the first failure.
 */
export async function tellTogether(loaded: readonly LoadedScenario[], driver: ScenarioDriver): Promise<FailedStory[]> {
  loaded.forEach(refuseWhatIsOfAll);
  const [first] = loaded.toSorted((a, b) => compare(a.start, b.start));
  if (!first) return [];
  const telling = { driver, names: createNames(), organisation: first.organisation };
  await driver.begin({ organisation: first.organisation, at: first.start });
  const stories = loaded.map((each): Story => ({ loaded: each, stage: createStage(telling, each), next: each.start }));
  await Promise.all(stories.map(lookAhead));
  for (let story = earliest(stories); story; story = earliest(stories)) {
    const failures = await tellNext(story);
    if (failures.length > 0) return failures;
  }
  return [];
}

async function tellNext(story: Story): Promise<FailedStory[]> {
  const { scenario } = story.loaded;
  const { failures } = await runStep(story.stage, scenario.steps[story.stage.told]!);
  await lookAhead(story);
  return failures.map((each) => ({ scenario: scenario.scenario, ...each }));
}

async function lookAhead(story: Story): Promise<void> {
  const step = story.loaded.scenario.steps[story.stage.told];
  story.next = step ? await timeOf(story.stage, step) : null;
}

/** Of two at the same time, the story named first. */
function earliest(stories: readonly Story[]): Story | undefined {
  const left = stories.filter((each): each is Story & { next: Instant } => each.next !== null);
  return left.toSorted((a, b) => compare(a.next, b.next))[0];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What concerns the time, the calendar or the people of all cannot be said by one. */
function refuseWhatIsOfAll({ scenario }: LoadedScenario): void {
  const { steps, changes, calendar } = scenario;
  const foreign = steps.some(({ at, outage }) => at === 'next step' || outage !== undefined);
  if (foreign || changes || calendar)
    throw new ScenarioProblem(`"${scenario.scenario}" cannot be told beside others: it has a calendar, people, an outage or a "next step" of its own`);
}
