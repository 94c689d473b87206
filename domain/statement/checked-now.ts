import { Temporal } from 'temporal-polyfill';
import { localDate } from '../calendar/due.ts';
import { inForce } from '../kernel/draft.ts';
import type { View } from '../kernel/definition.ts';
import type { Checking } from './consistency.ts';
import { sourcesOf } from './sources.ts';

/** What a statement is checked against, as plans, risks, controls and people are now; the facts of `sourceQueries` have been fetched. */
export function checkedNow({ facts, now }: Pick<View<never>, 'facts' | 'now'>, justifications: Readonly<Record<string, string>>): Omit<Checking, 'rows'> {
  const months = Number.parseInt(inForce({ facts, now }).value('soa.evidenceAge'), 10);
  const today = localDate(now, facts.directory.organisation.zone);
  return {
    sources: sourcesOf(facts.similar, justifications),
    evidenceSince: Temporal.PlainDate.from(today).subtract({ months }).toString(),
    isActive: (person) => facts.directory.isActive(person, now),
  };
}
