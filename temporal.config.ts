import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';

/** The one task queue: of every case, and of the few workflows beside them. */
export const taskQueue = 'isms';

export type TemporalConfig = Required<ClientConnectConfig>;

/**
 * How to reach Temporal, for clients and workers alike: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY and
 * TEMPORAL_TLS_*, or a profile (TEMPORAL_PROFILE) of a file (TEMPORAL_CONFIG_FILE). A configuration file in the home
 * folder, which may serve another purpose, counts only if one of those two names it.
 */
export function temporalConfig(env: NodeJS.ProcessEnv = process.env): TemporalConfig {
  const overrideEnvVars = Object.fromEntries(Object.entries(env).filter(isSet));
  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars,
    disableFile: !namesFile(env),
  });
  return {
    connectionOptions: { ...connectionOptions, address: connectionOptions.address ?? '127.0.0.1:7233' },
    namespace: namespace ?? 'default',
  };
}

/** Whether the environment says where Temporal is; otherwise `npm start` brings a development server of its own. */
export function hasTemporal(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env.TEMPORAL_ADDRESS) || namesFile(env);
}

function namesFile(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.TEMPORAL_CONFIG_FILE || env.TEMPORAL_PROFILE);
}

function isSet(entry: [string, string | undefined]): entry is [string, string] {
  return Boolean(entry[1]);
}

/**
 * A decision is a short local activity that waits for PostgreSQL: more of them at once than the pool has connections
 * only queue there. A case that is evicted from the cache boots again from the journal.
 */
export const workerTuning = {
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentLocalActivityExecutions: 20,
  maxConcurrentActivityTaskExecutions: 20,
  maxCachedWorkflows: 1_000,
} as const;
