import type { DepartureDocument } from '../../contracts/departure.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Guard } from '../kernel/definition.ts';

/** No case still needs an owner because of it. */
const hasEverybodyAnOwner: Guard<DepartureDocument> = ({ facts }) => (facts.vacancies === 0 ? [] : [reason('STILL_VACANT', { cases: facts.vacancies })]);

export const departureGuards = { hasEverybodyAnOwner };
