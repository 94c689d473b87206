import type { CriteriaContent, Dimension, Scale } from '../../contracts/criteria.ts';

/**
 * Criteria that hold until TOP_MGMT approves others (rules §16.6 [D]): five by five, level = likelihood × impact: 1–4 low,
 * 5–9 medium, 10–14 high, 15–25 critical. They serve twenty people without any setting up.
 */

const labels = ['Negligible', 'Minor', 'Moderate', 'Major', 'Severe'];

function scale(...meanings: string[]): Scale {
  return meanings.map((meaning, n) => ({ label: labels[n]!, meaning }));
}

const impact: Record<Dimension, Scale> = {
  financial: scale('Below 0.1 % of annual revenue', 'Up to 0.5 %', 'Up to 2 %', 'Up to 10 %', 'Above 10 %, or the organisation is at risk'),
  legal: scale('No breach', 'Breach without consequence', 'Warning or small claim', 'Fine or lawsuit', 'Loss of a licence, or personal liability'),
  operational: scale('Below an hour', 'Up to half a day', 'Up to two days', 'Up to two weeks', 'Longer, or for good'),
  reputation: scale('Nobody notices', 'Single customers ask', 'Several customers complain', 'Customers leave, press reports', 'Lasting loss of trust'),
  safety: scale('No harm', 'First aid', 'Treatment by a doctor', 'Lasting harm to one person', 'Danger to life'),
  privacy: scale('No personal data', 'Inconvenience for few', 'Inconvenience for many', 'Serious consequences for few', 'Serious consequences for many'),
};

const likelihood: Scale = [
  { label: 'Rare', meaning: 'Less than once in ten years' },
  { label: 'Unlikely', meaning: 'Once in three to ten years' },
  { label: 'Possible', meaning: 'Once in one to three years' },
  { label: 'Likely', meaning: 'Once a year' },
  { label: 'Almost certain', meaning: 'Several times a year' },
];

export const defaultCriteria: CriteriaContent = {
  scales: { impact, likelihood },
  levelFunction: { kind: 'PRODUCT', from: { medium: 5, high: 10, critical: 15 } },
  acceptableUpTo: 'low',
  categories: [],
  authority: { low: 'OWNER', medium: 'OWNER', high: 'OWNER_WITH_MANDATE', critical: 'TOP_MGMT_TOO' },
  reviewInterval: {},
};
