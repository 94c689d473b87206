import { registerOf } from '../register/register.ts';

/** Assets (ISO/IEC 27001:2022 A.5.9). */
export const asset = registerOf({ name: 'asset', prefix: 'AST', auditedAs: () => ['control:A.5.9'] });
