import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Small functions, small files, one way to do a thing; what the compiler cannot see. */
export default tseslint.config(
  { ignores: ['node_modules/', 'prisma/generated/', '.isms/', 'web/dist/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      complexity: ['error', 12],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { files: ['test/**/*.ts'], rules: { 'max-lines': ['error', 600], 'max-lines-per-function': 'off', 'max-params': 'off' } },
  {
    // Workflow code is replayed: nothing of the machine it runs on may reach it.
    files: ['workflows/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['node:*', 'fs', 'path', 'crypto', '../domain/*', '../prisma/*'] }] },
  },
  {
    // Time is an argument of the domain, and chance has no place in it.
    files: ['domain/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'time is an argument' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'time is an argument' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'no chance in the domain' },
        { selector: 'AwaitExpression', message: 'the domain never waits' },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.cjs', '**/*.js'], languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', URL: 'readonly' } } },
);
