import type { Text } from '../../contracts/errors.ts';
import type { LinkFailure } from '../../contracts/evidence.ts';

/** Why an address is no evidence, and what to do about it. */
export const linkFailureTexts: Record<LinkFailure, Text> = {
  SCHEME: { en: 'give an address that begins with http:// or https://.', de: 'geben Sie eine Adresse an, die mit http:// oder https:// beginnt.' },
  CREDENTIALS: { en: 'leave name and password out of the address.', de: 'lassen Sie Name und Passwort aus der Adresse weg.' },
  UNKNOWN_HOST: { en: 'its host is not known; correct the address.', de: 'den Rechner gibt es nicht; berichtigen Sie die Adresse.' },
  NOT_PUBLIC: {
    en: 'it leads into an internal network. Store a copy as a file, or ask the operator to allow the host (EVIDENCE_HOSTS).',
    de: 'sie führt in ein internes Netz. Legen Sie eine Kopie als Datei ab oder bitten Sie den Betrieb, den Rechner zu erlauben (EVIDENCE_HOSTS).',
  },
  NO_ANSWER: { en: 'nothing answers there; try again later, or store a copy as a file.', de: 'dort antwortet nichts; versuchen Sie es später oder legen Sie eine Kopie als Datei ab.' },
  TIMEOUT: { en: 'it did not answer in time; try again later, or store a copy as a file.', de: 'es kam nicht rechtzeitig eine Antwort; versuchen Sie es später oder legen Sie eine Kopie als Datei ab.' },
  TLS: { en: 'its certificate is not valid; have it put right, or store a copy as a file.', de: 'das Zertifikat ist nicht gültig; lassen Sie es in Ordnung bringen oder legen Sie eine Kopie als Datei ab.' },
  STATUS: {
    en: 'it does not give the page without signing in, or there is none. Store a copy as a file.',
    de: 'die Seite gibt es nicht oder nur nach einer Anmeldung. Legen Sie eine Kopie als Datei ab.',
  },
  REDIRECTS: { en: 'it leads from one address to the next; give the last one.', de: 'sie führt von einer Adresse zur nächsten; geben Sie die letzte an.' },
  EMPTY: { en: 'there is nothing in it, and nothing proves nothing.', de: 'es ist leer, und nichts beweist nichts.' },
};
