/** Bodies of a plain minor nonconformity in the demo organisation, for tests that need one to work on. */
export const report = {
  title: 'Backups not tested',
  statement: 'No restore test since spring',
  source: 'MONITORING',
  unit: 'it',
  detectedOn: '2026-11-01',
};
export const acceptance = { grade: 'minor', owner: 'thomas.reiter', unit: 'it', requirement: 'A.8.13' };
export const correction = { correction: 'Restored one backup', consequences: 'none', effect: 'MEDIUM' };
export const cause = {
  method: 'FIVE_WHYS',
  causes: [
    {
      key: 'c1',
      statement: 'Nobody owns restore tests',
      category: 'RESOURCES',
      chain: ['no test', 'nobody named'],
    },
  ],
  extent: { checked: 'all backup jobs', found: 'two more' },
};
export const plan = {
  actions: [
    {
      key: 'a1',
      title: 'Name an owner and test quarterly',
      causes: ['c1'],
      owner: 'leon.fischer',
      due: '2026-12-15',
    },
  ],
  effectiveness: {
    criterion: 'Two restore tests pass',
    method: 'Records',
    windowDays: 90,
    verifier: 'sabine.wolf',
  },
  riskImpact: 'Availability risk falls',
};
