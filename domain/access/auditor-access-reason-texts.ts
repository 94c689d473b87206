import type { ReasonTexts } from './reason-words.ts';

/** Reasons about auditors from outside and what they may read, in words. */
type AuditorAccessReason = 'ACCESS_NOT_GIVEN' | 'READ_ONLY_ACCOUNT' | 'UNKNOWN_ITEM';

export const auditorAccessReasonTexts: Pick<ReasonTexts, AuditorAccessReason> = {
  ACCESS_NOT_GIVEN: {
    en: ({ person }, words) => `${words.person(person)} audits from outside and has no access on this day: ask the audit programme manager or the information security officer for one.`,
    de: ({ person }, words) => `${words.person(person)} auditiert von außen und hat an diesem Tag keinen Zugang: bitten Sie die Auditprogramm-Verantwortung oder die/den Informationssicherheitsbeauftragten darum.`,
  },
  READ_ONLY_ACCOUNT: {
    en: ({ person }, words) => `${words.person(person)} audits from outside and does nothing here but read and take part in audits: somebody who works here has to do it.`,
    de: ({ person }, words) => `${words.person(person)} auditiert von außen und kann hier nur lesen und an Audits mitwirken: das muss jemand aus der Organisation tun.`,
  },
  UNKNOWN_ITEM: {
    en: ({ path, items }) => `"${path}" names ${items.join(', ')}, which the audit universe does not have: write a clause as clause:9.2.1, a control as control:A.8.13, and of units, sites, own controls and suppliers those that there are.`,
    de: ({ path, items }) => `„${path}“ nennt ${items.join(', ')}; das gibt es im Audituniversum nicht: schreiben Sie Kapitel als clause:9.2.1, Maßnahmen als control:A.8.13, und von Einheiten, Standorten, eigenen Maßnahmen und Lieferanten vorhandene.`,
  },
};
