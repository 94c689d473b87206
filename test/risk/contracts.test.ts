import { expect, test } from 'vitest';
import { defaultCriteria } from '../../domain/criteria/defaults.ts';
import { criteriaOf } from '../../domain/criteria/in-directory.ts';
import { openRiskBody, openRiskFromParentBody, ratingInput, riskBodies } from '../../contracts/risk.ts';
import { openRiskCriteriaBody, riskCriteriaBodies } from '../../contracts/risk-criteria.ts';
import { standingOf } from '../../domain/configuration/in-directory.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { demoOrganisation } from '../directory/organisations.ts';

const scores = { impact: { privacy: 4 }, likelihood: 2, rationale: { impact: 'Many people', likelihood: 'Once so far' } };
const risk = {
  title: 'Lost laptop',
  scenario: { kind: 'EVENT', source: 'Staff', event: 'A laptop is lost', consequence: 'Personal data are read' },
  affects: ['CONFIDENTIALITY'],
  unit: 'it',
};

test('a level is never typed: no body of a person takes one', () => {
  expect(ratingInput.safeParse(scores).success).toBe(true);
  for (const command of ['RATE', 'SECOND_RATE', 'SET_TARGET'] as const) {
    expect(riskBodies[command].safeParse(scores).success).toBe(true);
    expect(riskBodies[command].safeParse({ ...scores, level: 'low' }).success).toBe(false);
  }
});

test('an impact needs at least one known dimension, and steps from 1 to 5', () => {
  for (const impact of [{}, { mood: 3 }, { privacy: 0 }, { privacy: 6 }, { privacy: 2.5 }]) expect(ratingInput.safeParse({ ...scores, impact }).success).toBe(false);
});

test('a risk of an earlier register names its owner', () => {
  const migrated = { source: 'Register.xlsx', rating: scores, ratedOn: '2026-01-10' };
  expect(openRiskBody.safeParse(risk).success).toBe(true);
  expect(openRiskBody.safeParse({ ...risk, migrated }).success).toBe(false);
  expect(openRiskBody.safeParse({ ...risk, migrated, owner: 'thomas.reiter' }).success).toBe(true);
  expect(openRiskFromParentBody.safeParse({ ...risk, migrated, owner: 'thomas.reiter' }).success).toBe(false);
});

test('criteria are a whole version: five steps in each scale, an authority for each level', () => {
  const { scales, levelFunction, authority } = defaultCriteria;
  const version = { title: 'Criteria 2027', reason: 'Yearly review', scales, levelFunction, authority };
  expect(openRiskCriteriaBody.safeParse(version).success).toBe(true);
  expect(riskCriteriaBodies.EDIT.safeParse({ ...version, authority: { ...authority, high: undefined } }).success).toBe(false);
  expect(riskCriteriaBodies.EDIT.safeParse({ ...version, scales: { ...scales, likelihood: scales.likelihood.slice(1) } }).success).toBe(false);
  expect(riskCriteriaBodies.EDIT.safeParse({ ...version, reviewInterval: { high: '13mo' } }).success).toBe(false);
});

test('the criteria in force are read from the cases of the directory; one that is not in force counts for nothing', () => {
  const about = (effectiveAt: string | null) => ({ title: 'Criteria', effectiveAt, content: JSON.stringify({ ...defaultCriteria, acceptableUpTo: 'medium' }) });
  const summary = (ref: string, effectiveAt: string | null) => ({
    ...{ id: ref, ref, process: 'riskCriteria', state: 'active', settled: null, openedAt: '2026-01-01T00:00:00.000Z', settledAt: null },
    about: about(effectiveAt),
  });
  const directory = createDirectory(demoOrganisation(), 1, [summary('RC-1', '2026-03-01T00:00:00.000Z'), summary('RC-2', null)]);
  const criteria = criteriaOf(standingOf(directory));
  expect(criteria.at('2026-02-28T00:00:00.000Z')).toMatchObject({ ref: 'default', caseId: null });
  expect(criteria.at('2026-11-24T00:00:00.000Z')).toMatchObject({ ref: 'RC-1', caseId: 'RC-1' });
  expect(criteria.at('2026-11-24T00:00:00.000Z').isAcceptable('medium', null)).toBe(true);
});
