/** One exported workflow per process, so that operators see its name; all of them are the same durable case. */
export {
  runCase as absence,
  runCase as acceptance,
  runCase as action,
  runCase as breakGlass,
  runCase as configurationChange,
  runCase as contextRecord,
  runCase as delegation,
  runCase as departure,
  runCase as nonconformity,
  runCase as risk,
  runCase as riskCriteria,
  runCase as treatmentPlan,
} from './case.ts';
export { courier } from './courier.ts';
export { sweeper } from './sweeper.ts';
