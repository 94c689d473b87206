import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { RiskCriteriaBody, RiskCriteriaDocument } from '../../contracts/risk-criteria.ts';
import { fallingAuthority, fallsOf, holesOf, unreachable } from '../criteria/level.ts';
import type { View } from '../kernel/definition.ts';

type Sees = View<RiskCriteriaDocument, RiskCriteriaBody<'EDIT'>>;

/** Every cell has a level, no level falls or is out of reach, authority rises with the level, and some impact has a scale. */
function isWhole({ doc, body }: Sees): Reason[] {
  const { levelFunction, authority, scales } = body?.levelFunction ? body : doc;
  const named = <C extends 'MATRIX_INCOMPLETE' | 'MATRIX_FALLS'>(code: C, cells: string[]) => (cells.length > 0 ? [reason(code, { cells } as never)] : []);
  const graded = <C extends 'LEVELS_UNREACHABLE' | 'AUTHORITY_FALLS'>(code: C, levels: string[]) => (levels.length > 0 ? [reason(code, { levels } as never)] : []);
  return [
    ...(Object.keys(scales.impact).length === 0 ? [reason('NO_IMPACT_SCALE', {})] : []),
    ...named('MATRIX_INCOMPLETE', holesOf(levelFunction)),
    ...named('MATRIX_FALLS', fallsOf(levelFunction)),
    ...graded('LEVELS_UNREACHABLE', unreachable(levelFunction)),
    ...graded('AUTHORITY_FALLS', fallingAuthority({ authority })),
  ];
}

/** The predecessor has let go, and of several that wait the one approved first comes next. */
function isNext({ file, facts }: Pick<Sees, 'file' | 'facts'>): Reason[] {
  const others = facts.directory.casesOf('riskCriteria').filter(({ id }) => id !== file.id);
  const first = others.find(({ state, openedAt, id }) => state === 'active' || (state === 'approved' && `${openedAt} ${id}` < `${file.openedAt} ${file.id}`));
  return first ? [reason('CHANGE_IN_PROGRESS', { case: first.ref, keys: ['criteria'] })] : [];
}

export const riskCriteriaGuards = { isWhole, isNext };
