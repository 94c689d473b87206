import { endOfWindow } from '../calendar/due.ts';
import { dropCancelRequest } from './cancelling.ts';
import { followDeadlines } from './deadlines.ts';
import { calendarOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { followBehaviours } from './follow.ts';
import { endHold } from './holds.ts';
import { keepUntil } from './keeping.ts';
import { metaOf, targetsOf } from './machine.ts';
import { callOffConditions } from './rounds/conditions.ts';
import { followRound } from './rounds/opening.ts';
import { tellAsked } from './tasks.ts';
import { dropVacancies } from './vacancies.ts';

/** Bookkeeping of a change of state: what the state names in its meta comes into being, what the last one named goes. */
export function enterState(draft: Draft, to: string, event: string): void {
  const { file } = draft;
  draft.happenings.push({ kind: 'machineEvent', event, from: file.state, to });
  file.state = to;
  file.enteredAt = draft.now;
  file.anchors['entered'] = draft.now;
  freeze(draft, to);
  followWindow(draft);
  followRound(draft);
  followDeadlines(draft);
  followEnd(draft);
  followBehaviours(draft, 'entering', to);
  tellAsked(draft);
}

/** Before anything stands on the document: a round that opens with the state is over what is frozen here. */
function freeze(draft: Draft, to: string): void {
  const frozen = draft.definition.policy.freezes?.[to];
  if (frozen) draft.file.document = frozen(viewOf(draft)) as never;
}

/** Opens the window that the state names, and ends the bookkeeping of one that was left. */
export function followWindow(draft: Draft): void {
  const { window } = metaOf(draft.definition, draft.file.state);
  if (draft.file.window && draft.now < draft.file.window.ends) {
    draft.happenings.push({ kind: 'windowClosedEarly', window: draft.file.window.name, ends: draft.file.window.ends });
  }
  draft.file.window = null;
  if (window === undefined) return;
  const duration = draft.definition.policy.windows[window];
  if (!duration) throw new Error(`window "${window}" of ${draft.definition.name} is not defined`);
  const runs = duration(viewOf(draft));
  const ends = 'at' in runs ? runs.at : endOfWindow({ anchor: draft.now, duration: runs, calendar: calendarOf(draft) });
  draft.file.window = { name: window, opens: draft.now, ends, ...(leadsToAnEnd(draft) && { leadsToAnEnd: true as const }) };
  draft.happenings.push({ kind: 'windowOpened', window, ends });
}

/** Whether the case may end with the window. */
function leadsToAnEnd({ definition, file }: Draft): boolean {
  return targetsOf(definition, file.state, 'WINDOW_ELAPSED').some((to) => metaOf(definition, to).settled !== undefined);
}

/** An end wakes the cases that wait for this one. */
function followEnd(draft: Draft): void {
  const { settled } = metaOf(draft.definition, draft.file.state);
  draft.file.settled = settled ?? null;
  draft.file.settledAt = settled === undefined ? null : draft.now;
  keepUntil(draft);
  if (settled === undefined) return;
  callOffConditions(draft);
  dropVacancies(draft);
  if (draft.file.hold) endHold(draft);
  if (draft.file.cancelRequest) dropCancelRequest(draft);
  for (const link of draft.file.links) if (link.direction === 'parent') draft.effects.push({ kind: 'nudge', to: link.to });
}
