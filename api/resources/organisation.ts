import { organisationQuery, organisationView } from '../../contracts/api-organisation.ts';
import { importBody, importQuery, importView } from '../../contracts/organisation-import.ts';
import type { ImportView } from '../../contracts/organisation-import.ts';
import { reason } from '../../contracts/reasons.ts';
import { problemText } from '../../domain/directory/organisation-problems.ts';
import { OrganisationHasChanged } from '../../prisma/journal/organisation.ts';
import { runImport } from '../../prisma/organisation-import.ts';
import type { Ending, ImportReport } from '../../prisma/organisation-import.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { Problem, refusal } from '../http/problem.ts';
import { instantOf, isDate } from '../as-of.ts';
import { organisationViewOf } from '../organisation-view.ts';
import { importers, mayImport, mayReadOrganisation, readersOfOrganisation } from './rights.ts';

const imports = endpoint({
  ...{ method: 'post', path: '/organisation/imports', tag: 'People', access: 'signedIn' },
  summary: 'Load people, units and roles, or say what that would change',
  description:
    'All of the files or, while anything is wrong with one of them, nothing: each problem names file, line and reason. For the ISO and ADMIN.',
  query: importQuery,
  body: importBody,
  answers: { 200: { description: 'What is, or would be, changed', schema: importView } },
  errors: ['NOT_ENTITLED', 'WRONG_MOMENT'],
  async handle({ reader, now, query: { dryRun, complete }, body: { files, reason: why }, speech }, { pool, journal }) {
    if (!mayImport(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: importers })]);
    if (why === undefined && !dryRun)
      throw refusal([reason('INVALID_PAYLOAD', { path: 'reason', message: 'is needed, for the journal' })]);
    const request = { files, dryRun, complete, actor: reader.person, reason: why ?? '' };
    const report = await runImport({ pool, journal, now }, request).catch(asRefusal);
    if (report.outcome === 'REFUSED') throw refusal(report.problems.map(problemReason));
    return ok(viewOf(report, speech));
  },
});

function asRefusal(error: unknown): never {
  if (!(error instanceof OrganisationHasChanged)) throw error;
  throw refusal([reason('STALE_VERSION', { sent: error.planned, current: error.current })]);
}

function problemReason({ file, where, message }: ImportReport['problems'][number]) {
  return reason('INVALID_PAYLOAD', { path: [file, where].filter(Boolean).join(' '), message });
}

function viewOf({ outcome, problems: _, warnings, endings, ...report }: ImportReport, { language }: Call['speech']): ImportView {
  const told = warnings.map((each) => ({ code: each.code, path: each.path.join('.'), text: problemText(each, language) }));
  return { ...report, outcome: outcome as ImportView['outcome'], endings: endings.map(endingView), warnings: told };
}

function endingView({ kind, person, role, unit, successor, lastDay, openCases }: Ending): ImportView['endings'][number] {
  const about = { person: person ?? null, role: role ?? null, unit: unit ?? null, successor: successor ?? null };
  return { kind, ...about, lastDay, openCases };
}

const show = endpoint({
  ...{ method: 'get', path: '/organisation', tag: 'People', access: 'signedIn' },
  summary: 'People, units, sites, roles and stand-ins, now or as they were recorded at an instant',
  description: 'What was known at that instant, in force at that instant; later imports and later decisions change none of it. For the ISO, top management, the audit programme and auditors.',
  query: organisationQuery,
  answers: { 200: { description: 'The organisation', schema: organisationView } },
  errors: ['NOT_ENTITLED', 'NOT_FOUND'],
  async handle({ reader, now, query: { asOf }, speech: { language } }, { journal, people }) {
    if (!mayReadOrganisation(reader)) throw refusal([reason('NOT_ENTITLED', { entitled: readersOfOrganisation })]);
    const { zone } = (await people.directory()).organisation;
    const at = asOf === undefined ? now : instantOf(asOf, zone);
    if (asOf !== undefined && at > now && !isDate(asOf)) throw refusal([reason('DATE_IN_FUTURE', { path: 'asOf', date: asOf, latest: now })]);
    const view = await organisationViewOf(journal, { at, language });
    if (!view) throw new Problem('NOT_FOUND');
    return ok(view);
  },
});

export const organisationEndpoints: Endpoint[] = [show, imports];
