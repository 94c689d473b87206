import {
  markReadBody,
  markReadView,
  notificationListView,
  notificationQuery,
} from '../../contracts/api-records.ts';
import { noticeText } from '../../domain/mail/notice-words.ts';
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
  async handle({ reader, speech: { language }, query: { unread, limit, cursor } }, { pool, people }) {
    const question = { reader, unread, limit, after: afterOf(cursor, notificationKey) };
    const [{ items, next }, directory] = await Promise.all([
      notificationsOf(pool, question),
      people.directory(),
    ]);
    const said = items.map((item) => ({ ...item, text: noticeText(item, { directory, language }) }));
    return ok({ items: said, next });
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
