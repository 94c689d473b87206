import {
  markReadBody,
  markReadView,
  notificationListView,
  notificationQuery,
} from '../../contracts/api-records.ts';
import { markRead, notificationKey, notificationsOf } from '../../prisma/queries/notifications.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { afterOf } from './paging.ts';

const list = endpoint({
  ...{ method: 'get', path: '/notifications', tag: 'Tasks', access: 'signedIn' },
  summary: 'What I was told, newest first',
  query: notificationQuery,
  answers: { 200: { description: 'Notifications', schema: notificationListView } },
  errors: [],
  async handle({ reader, query: { unread, limit, cursor } }, { pool }) {
    return ok(
      await notificationsOf(pool, { reader, unread, limit, after: afterOf(cursor, notificationKey) }),
    );
  },
});

const read = endpoint({
  ...{ method: 'post', path: '/notifications/read', tag: 'Tasks', access: 'signedIn' },
  summary: 'Mark notifications as read',
  description: 'Ids that are not mine, or read already, change nothing.',
  body: markReadBody,
  answers: { 200: { description: 'How many were marked', schema: markReadView } },
  errors: [],
  async handle({ reader, now, body: { ids } }, { pool }) {
    return ok({ read: await markRead(pool, { person: reader.person, ids, now }) });
  },
});

export const notificationEndpoints: Endpoint[] = [list, read];
