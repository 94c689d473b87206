import type { CaseFile } from '../../contracts/case-file.ts';
import type { Language } from '../../contracts/errors.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { partyName } from '../access/spoken-names.ts';
import type { Directory } from '../directory/directory.ts';

interface Reader {
  person: PersonId;
  language: Language;
  directory: Directory;
  now: Instant;
}

/** Why this person is told, from what he or she is in the case and in the directory. */
export function whyYou(reader: Reader, file: CaseFile | null, data: Record<string, Json>): string {
  const reasons = file === null ? [] : reasonsIn(reader, file, data);
  return reasons[0] ?? phrases[reader.language].rule;
}

/** The nearest first: an escalation says over which bridge it came, everything else what one is in the case. */
function reasonsIn(reader: Reader, file: CaseFile, data: Record<string, Json>): string[] {
  const inCase = [...asParty(reader, file), ...asOpener(reader, file)];
  const above = [...asManager(reader, file), ...asHolder(reader)];
  const climbs = typeof data['step'] === 'string' && /^E[1-4]$/.test(data['step']);
  return climbs ? [...above, ...inCase] : [...inCase, ...asHolder(reader), ...above];
}

function asParty({ person, language }: Reader, file: CaseFile): string[] {
  const parties = Object.keys(file.parties).filter((party) => file.parties[party] === person);
  return parties.length === 0
    ? []
    : [phrases[language].are(parties.map((party) => partyName(party, language)).join(', '))];
}

function asOpener({ person, language }: Reader, file: CaseFile): string[] {
  return file.openedBy === person ? [phrases[language].are(partyName('opener', language))] : [];
}

function asHolder({ person, language, directory, now }: Reader): string[] {
  const held = directory.rolesOf(person, now);
  if (held.includes('ISO')) return [phrases[language].hold(partyName('iso', language))];
  if (held.includes('TOP_MGMT')) return [phrases[language].hold(partyName('topManagement', language))];
  return directory.isoDeputies(now).includes(person)
    ? [phrases[language].hold(partyName('isoDeputy', language))]
    : [];
}

function asManager({ person, language, directory, now }: Reader, file: CaseFile): string[] {
  const led = Object.values(file.parties).find((each) => directory.managerOf(each, now) === person);
  return led === undefined ? [] : [phrases[language].manage(directory.person(led)?.name ?? led)];
}

const phrases: Record<
  Language,
  { are(what: string): string; hold(what: string): string; manage(name: string): string; rule: string }
> = {
  en: {
    are: (what) => `in this case you are ${what}.`,
    hold: (what) => `you are ${what}.`,
    manage: (name) => `you are the line manager of ${name}.`,
    rule: 'a rule of the process names you.',
  },
  de: {
    are: (what) => `in diesem Fall sind Sie ${what}.`,
    hold: (what) => `Sie sind ${what}.`,
    manage: (name) => `Sie sind die direkte Führungskraft von ${name}.`,
    rule: 'eine Regel des Prozesses nennt Sie.',
  },
};
