import { registerOf } from '../register/register.ts';

/** Suppliers (ISO/IEC 27001:2022 A.5.19). */
export const supplier = registerOf({ name: 'supplier', prefix: 'SUP', auditedAs: (id) => [`supplier:${id}`, 'control:A.5.19'] });
