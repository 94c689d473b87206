import type { ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { Guard } from '../kernel/definition.ts';
import { conflictReasons, staleReasons, tooLateReasons } from './rules.ts';

/** Nobody else is changing the same, nothing of it has changed since it was written, and its day has not passed. */
const isReady: Guard<ConfigurationChangeDocument> = (view) => [...conflictReasons(view), ...staleReasons(view), ...tooLateReasons(view)];

export const configurationChangeGuards = { isReady };
