import type { Endpoint } from './endpoint.ts';
import { openApiEndpoints } from './openapi/resource.ts';
import { accessLogEndpoints } from './resources/access-log.ts';
import { calendarFeedEndpoints } from './resources/calendar-feed.ts';
import { caseEndpoints } from './resources/cases.ts';
import { commandEndpoints } from './resources/commands.ts';
import { configurationEndpoints } from './resources/configuration.ts';
import { configurationPreviewEndpoints } from './resources/configuration-preview.ts';
import { evidenceLinkEndpoints } from './resources/evidence-links.ts';
import { evidenceEndpoints } from './resources/evidence.ts';
import { historyEndpoints } from './resources/history.ts';
import { journalEndpoints } from './resources/journal.ts';
import { keyEndpoints } from './resources/keys.ts';
import { mailEndpoints } from './resources/mail.ts';
import { meEndpoints } from './resources/me.ts';
import { myRiskEndpoints } from './resources/my-risks.ts';
import { notificationEndpoints } from './resources/notifications.ts';
import { operationEndpoints } from './resources/operations.ts';
import { organisationEndpoints } from './resources/organisation.ts';
import { peopleEndpoints } from './resources/people.ts';
import { processEndpoints } from './resources/processes.ts';
import { registerImportEndpoints } from './resources/register-imports.ts';
import { registerEndpoints } from './resources/registers.ts';
import { retentionEndpoints } from './resources/retention.ts';
import { signatureEndpoints } from './resources/signatures.ts';
import { taskEndpoints } from './resources/tasks.ts';

const resources: readonly Endpoint[] = [
  ...meEndpoints,
  ...keyEndpoints,
  ...calendarFeedEndpoints,
  ...taskEndpoints,
  ...signatureEndpoints,
  ...notificationEndpoints,
  ...mailEndpoints,
  ...caseEndpoints,
  ...commandEndpoints,
  ...historyEndpoints,
  ...evidenceEndpoints,
  ...evidenceLinkEndpoints,
  ...processEndpoints,
  ...peopleEndpoints,
  ...configurationEndpoints,
  ...configurationPreviewEndpoints,
  ...organisationEndpoints,
  ...registerEndpoints,
  ...registerImportEndpoints,
  ...myRiskEndpoints,
  ...journalEndpoints,
  ...accessLogEndpoints,
  ...retentionEndpoints,
  ...operationEndpoints,
];

/** Everything under `/api/v1`, its own description included. */
export const endpoints: readonly Endpoint[] = [...resources, ...openApiEndpoints(resources)];
