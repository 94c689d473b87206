import pg from 'pg';
import { createCourier } from '../../activities/courier.ts';
import { smtpServer } from '../../activities/smtp.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import { createMailStore } from '../../prisma/courier/mail-store.ts';
import { settings } from './mail-settings.ts';

/** A courier in a process of its own, to be killed: `courier-process.ts DATABASE_URL SMTP_URL NOW`. */
const [databaseUrl, smtpUrl = '', now = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const clock = () => now;
const { directory } = createJournal({ pool, clock });
const store = createMailStore({ pool, clock, directory });
const courier = createCourier({ store, mail: { server: smtpServer(smtpUrl), settings } });
await courier.sort();
await courier.deliver(new AbortController().signal);
await pool.end();
process.exit(0);
