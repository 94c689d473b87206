import type { CalendarFeedView, NewCalendarFeedView } from '../../../contracts/calendar-feed.ts';
import { type Answer, answer } from '../answer.ts';
import { timeCell } from './case-table.ts';
import { type PersonOptions, connect } from './connection.ts';

const PATH = '/me/calendar-feed';

/** `isms calendar feed` */
export async function calendarFeed({ new: anew, revoke, ...options }: PersonOptions & { new?: true; revoke?: true }): Promise<Answer> {
  const api = await connect(options);
  if (anew) return answer((await api.send<NewCalendarFeedView>(PATH, { body: {} })).data, newText);
  if (!revoke) return answer(await api.get<CalendarFeedView>(PATH), feedText);
  await api.remove(PATH);
  return answer({ feed: null } satisfies CalendarFeedView, () => 'The address leads nowhere from now on.');
}

function newText({ url }: NewCalendarFeedView): string {
  return `Audits that you may see, and what you are asked to do, by its date; shown this once. Subscribe to it in your calendar program, and give it to nobody:\n\n${url}`;
}

function feedText({ feed }: CalendarFeedView): string {
  if (feed === null) return 'Your calendar has no address: isms calendar feed --new makes one.';
  const read = feed.lastReadAt === null ? 'never read' : `read last ${timeCell(feed.lastReadAt)}`;
  return `Your calendar has an address since ${timeCell(feed.createdAt)}, ${read}. It was shown when it was made; isms calendar feed --new makes another in its place.`;
}
