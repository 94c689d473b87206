/** One exported workflow per process, so that operators see its name; all of them are the same durable case. */
export {
  runCase as absence,
  runCase as acceptance,
  runCase as action,
  runCase as asset,
  runCase as audit,
  runCase as auditorAccess,
  runCase as auditorRecord,
  runCase as breakGlass,
  runCase as businessProcess,
  runCase as assessment,
  runCase as assessmentSchedule,
  runCase as configurationChange,
  runCase as contextRecord,
  runCase as control,
  runCase as delegation,
  runCase as departure,
  runCase as finding,
  runCase as nonconformity,
  runCase as risk,
  runCase as riskCriteria,
  runCase as statementOfApplicability,
  runCase as supplier,
  runCase as treatmentPlan,
} from './case.ts';
export { courier } from './courier.ts';
export { sealing } from './sealing.ts';
export { sweeper } from './sweeper.ts';
