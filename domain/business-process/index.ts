import { registerOf } from '../register/register.ts';

/** Business processes (ISO/IEC 27001:2022 4.3). */
export const businessProcess = registerOf({ name: 'businessProcess', prefix: 'BP', auditedAs: () => ['clause:4.3'] });
