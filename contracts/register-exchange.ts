import { z } from 'zod';
import { flag, uuid } from './api-fields.ts';

/** Registers in and out over `/api/v1/registers` (rules §5 "bulk import", §18 "Taking over a running ISMS"). */

export const registerNames = ['asset', 'businessProcess', 'supplier', 'control', 'risk'] as const;
export type RegisterName = (typeof registerNames)[number];

/** What one transaction opens in well under a minute; a longer file is split (docs/registers.md). */
export const IMPORT_ROW_LIMIT = 10_000;

export const registerParams = z.object({ register: z.enum(registerNames) });

/** `{"name": "Bezeichnung"}`: our column, and what the file calls it. */
const mapping = z
  .string()
  .max(4000)
  .transform((text, context) => {
    try {
      return z.record(z.string(), z.string()).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON such as {"name": "Bezeichnung"}' });
      return z.NEVER;
    }
  })
  .optional()
  .meta({ description: 'Our column and what the file calls it, as JSON: {"name": "Bezeichnung"}' });

export const registerImportQuery = z.strictObject({
  dryRun: flag.default(false).meta({ description: 'Only say what would be opened, and what is wrong with which line' }),
  map: mapping,
  source: z.string().trim().min(1).max(200).optional().meta({ description: 'Register it comes from; kept with every risk' }),
});

export const registerImportView = z.strictObject({
  outcome: z.enum(['CHECKED', 'LOADED', 'LOADED_BEFORE']),
  register: z.enum(registerNames),
  rows: z.int(),
  /** Ids and references of what was opened, in the order of the lines. */
  opened: z.array(z.strictObject({ line: z.int(), id: uuid, ref: z.string(), title: z.string() })),
});
export type RegisterImportView = z.infer<typeof registerImportView>;

export const exportFormats = ['csv', 'xlsx', 'docx', 'pdf'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportQuery = z.strictObject({ format: z.enum(exportFormats).default('csv') });
export const statementParams = z.object({ id: uuid });
