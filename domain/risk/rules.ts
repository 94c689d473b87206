import type { Actor } from '../../contracts/entry.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { OpenRisk, RiskBody, RiskDocument } from '../../contracts/risk.ts';
import type { View } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { riskOwnerReasons } from '../access/risk-ownership.ts';
import { criteriaFor, ratingNow } from './rating.ts';
import type { Sees } from './rating.ts';

/** What a risk must not be, beside the guards of its machine. */

interface Opening {
  body: OpenRisk;
  actor: Actor;
  facts: Facts;
  now: string;
}

export function openingReasons({ body, actor, facts, now }: Opening): Reason[] {
  const { owner, evenThough, migrated } = body;
  const ownership = owner === undefined ? [] : riskOwnerReasons({ person: owner, evenThough }, { facts, now });
  return [...(migrated ? importReasons({ actor, facts, now }) : []), ...ownership, ...registerReasons(body, facts)];
}

/** An earlier register is taken over by who answers for the new one. */
function importReasons({ actor, facts, now }: Pick<Opening, 'actor' | 'facts' | 'now'>): Reason[] {
  if (actor.person === null) return [];
  const keys: string[] = facts.directory.keysOf(actor.person, now);
  const may = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'].some((key) => keys.includes(key));
  return may ? [] : [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
}

const registers = { assets: 'asset', processes: 'businessProcess', suppliers: 'supplier' } as const;

/** Assets, business processes and suppliers are entries of their registers. */
export function registerReasons(body: Pick<OpenRisk, 'assets' | 'processes' | 'suppliers'>, facts: Facts): Reason[] {
  const paths = Object.keys(registers) as (keyof typeof registers)[];
  return paths.flatMap((path) => {
    const named = facts.cases.filter(({ id, process }) => body[path].includes(id) && process !== registers[path]);
    return named.map(({ ref }) => reason('NOT_OF_REGISTER', { path, case: ref, register: registers[path] }));
  });
}

/** A target is where treatment leads: not above where the risk is. */
export function targetReasons(view: View<RiskDocument, RiskBody<'SET_TARGET'>>): Reason[] {
  const current = view.doc.ratings.current ?? view.doc.proposal?.rating;
  if (!view.body || !current) return [];
  const sees = view as unknown as Sees;
  const target = ratingNow(sees, view.body);
  return criteriaFor(sees).isAbove(target.level, current.level) ? [reason('TARGET_ABOVE_CURRENT', { target: target.level, current: current.level })] : [];
}

export function splitReasons({ body, facts, now }: View<RiskDocument, RiskBody<'SPLIT'>>): Reason[] {
  return (body?.into ?? []).flatMap(({ owner, evenThough }, n) =>
    owner === undefined ? [] : riskOwnerReasons({ person: owner, evenThough, path: `into.${n}.owner` }, { facts, now }),
  );
}
