/** Imports go one way (docs/architecture.md): contracts <- domain <- { prisma, simulation } <- { activities, api } <- bin. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(contracts|domain|prisma|simulation|activities|api|workflows|bin|web|test|scripts|temporal.config.ts)', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'contracts-know-only-zod', severity: 'error', from: { path: '^contracts/' }, to: { path: 'node_modules', pathNot: 'node_modules/zod' } },
    only('contracts-is-a-leaf', '^contracts/', ['^contracts/']),
    only('domain-knows-contracts', '^domain/', ['^(contracts|domain)/']),
    only('prisma-knows-domain', '^prisma/', ['^(contracts|domain|prisma)/']),
    only('simulation-knows-domain', '^simulation/', ['^(contracts|domain|simulation)/']),
    only('activities-know-the-journal-port', '^activities/', ['^(contracts|domain|prisma|activities)/', '^workflows/']),
    only('api-knows-no-workflow-code', '^api/', ['^(contracts|domain|prisma|api)/', '^temporal.config.ts']),
    only('workflows-import-only-types', '^workflows/', ['^(contracts|workflows)/']),
    {
      name: 'workflows-run-nothing-of-ours',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^(contracts|domain|activities)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'domain-is-pure', severity: 'error', from: { path: '^domain/' }, to: { dependencyTypes: ['core'], pathNot: '^crypto$' } },
    // 12 MB of holiday rules serve to make calendar files beforehand; nothing that decides or is shown reads them.
    { name: 'holiday-rules-only-make-files', severity: 'error', from: { pathNot: '^bin/public-holidays\\.ts$' }, to: { path: 'node_modules/date-holidays' } },
    {
      name: 'a-process-never-imports-another',
      severity: 'error',
      from: { path: '^domain/(absence|action|asset|business-process|configuration-change|control|delegation|departure|nonconformity|statement-of-applicability|supplier)/' },
      to: { path: '^domain/(absence|action|asset|business-process|configuration-change|control|delegation|departure|nonconformity|statement-of-applicability|supplier)/', pathNot: '^domain/$1/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(prisma/generated|\\.isms)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js'], conditionNames: ['import', 'types', 'default'] },
  },
};
