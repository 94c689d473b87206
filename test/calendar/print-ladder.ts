import { explainDue } from '../../domain/calendar/working-out.ts';
import { orgCalendar } from './org-calendar.ts';

/** Run as a process of its own by process-zone.test.ts, under different zones of the machine. */
const question = { anchor: '2027-03-24T23:30', duration: '5wd', calendar: orgCalendar };
const { timeZone: machine } = new Intl.DateTimeFormat().resolvedOptions();
process.stdout.write(JSON.stringify({ ...explainDue(question), machine }));
