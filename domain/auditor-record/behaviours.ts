import type { AuditorRecordDocument } from '../../contracts/auditor-record.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** Whoever it is about hears of it. */
const tell = ({ file }: Pick<View<AuditorRecordDocument>, 'file'>, subject: string): Follow[] => [{ follow: 'inform', subject, to: [`person:${file.parties['auditor']!}`, 'role:AUDIT_PROGRAMME_MANAGER'] }];

export const auditorRecordBehaviours: Behaviours<AuditorRecordDocument> = {
  entering: { retired: (view) => tell(view, 'auditorRetired') },
  after: { ADD_COMPETENCE: (view) => tell(view, 'competenceChanged'), END_COMPETENCE: (view) => tell(view, 'competenceChanged') },
};
