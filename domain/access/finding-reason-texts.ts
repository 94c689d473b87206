import { all } from './reason-words.ts';
import type { ReasonTexts } from './reason-words.ts';

/** Reasons of findings in words. */
type FindingReason = 'ONLY_FROM_AUDIT' | 'NOT_GRADED' | 'NOT_DISPUTED' | 'AT_SECOND_LEVEL' | 'NOT_TAKEN_FOR_IT' | 'NONCONFORMITY_UNDER_WAY' | 'NOT_TOP_MANAGEMENT';

export const findingReasonTexts: Pick<ReasonTexts, FindingReason> = {
  ONLY_FROM_AUDIT: {
    en: () => 'A finding begins in its audit: draft it there (DRAFT_FINDING). What you have noticed outside an audit, report as a nonconformity.',
    de: () => 'Eine Feststellung beginnt in ihrem Audit: entwerfen Sie sie dort (DRAFT_FINDING). Was Ihnen außerhalb eines Audits auffällt, melden Sie als Nichtkonformität.',
  },
  NOT_GRADED: {
    en: () => 'The finding has no grade that leads there: the lead auditor grades it first (GRADE).',
    de: () => 'Die Feststellung hat keine Einstufung, die dorthin führt: zuerst stuft die Auditleitung sie ein (GRADE).',
  },
  NOT_DISPUTED: {
    en: () => 'The second level is asked about the answer to a dispute: dispute the finding first (DISPUTE), and wait for the answer of the lead auditor.',
    de: () => 'Die zweite Ebene entscheidet über die Antwort auf einen Einwand: beanstanden Sie zuerst die Feststellung (DISPUTE) und warten Sie die Antwort der Auditleitung ab.',
  },
  AT_SECOND_LEVEL: {
    en: () => 'The second level has been asked about this finding: wait for its decision; afterwards only new evidence changes the grade (REGRADE).',
    de: () => 'Über diese Feststellung entscheidet die zweite Ebene: warten Sie deren Entscheidung ab; danach ändert nur neuer Nachweis die Einstufung (REGRADE).',
  },
  NOT_TAKEN_FOR_IT: {
    en: ({ open }) => `The finding is not taken for that one. It would be linked to: ${all(open, 'none')}. Name one of these, or leave it.`,
    de: ({ open }) => `Die Feststellung wird nicht dafür gehalten. Verknüpft würde sie mit: ${all(open, 'keiner')}. Nennen Sie eine davon oder lassen Sie es.`,
  },
  NONCONFORMITY_UNDER_WAY: {
    en: ({ cases }) => `The corrective action of ${all(cases, '–')} has been approved or another audit relies on it: grade the finding as a nonconformity still, and let the case come to its end.`,
    de: ({ cases }) => `Die Korrekturmaßnahmen zu ${all(cases, '–')} sind freigegeben, oder ein anderes Audit stützt sich darauf: lassen Sie die Einstufung als Nichtkonformität und den Fall zu Ende gehen.`,
  },
  NOT_TOP_MANAGEMENT: {
    en: ({ person }, words) => `The finding is against top management: ${words.person(person)} does not belong to it. Name one of top management as the owner.`,
    de: ({ person }, words) => `Die Feststellung richtet sich an die oberste Leitung: ${words.person(person)} gehört nicht dazu. Benennen Sie jemanden aus der obersten Leitung als verantwortlich.`,
  },
};
