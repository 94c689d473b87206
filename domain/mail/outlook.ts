import type { CaseFile, Deadline, DeadlineStep } from '../../contracts/case-file.ts';
import type { Language } from '../../contracts/errors.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';

/** The deadline that the notice speaks of; else the nearest that runs. */
export function deadlineOf(file: CaseFile, data: Record<string, Json>): Deadline | null {
  const named = typeof data['deadline'] === 'string' ? file.deadlines[data['deadline']] : undefined;
  if (named) return named;
  const running = Object.values(file.deadlines)
    .filter(({ metAt }) => metAt === null)
    .sort((one, other) => (one.due < other.due ? -1 : 1));
  return running.find(({ due }) => due === data['due']) ?? running[0] ?? null;
}

/** The step of the ladder that comes next if nobody acts (rules §4.5). */
export function nextStep(deadline: Deadline, now: Instant): DeadlineStep | null {
  if (deadline.metAt !== null) return null;
  const ahead = deadline.steps.filter(({ at, firedAt }) => firedAt === null && at > now);
  return ahead.sort((one, other) => (one.at < other.at ? -1 : 1))[0] ?? null;
}

type StepTexts = Record<DeadlineStep['step'], (when: string) => string>;

const stepTexts: Record<Language, StepTexts> = {
  en: {
    R1: (when) => `a reminder follows on ${when}.`,
    R2: (when) => `a reminder follows on ${when}.`,
    R3: (when) => `a last reminder follows on ${when}.`,
    E0: (when) => `it counts as overdue from ${when}.`,
    E1: (when) => `the line manager is told on ${when}.`,
    E2: (when) => `the information security officer is told on ${when}.`,
    E3: (when) => `top management is told on ${when}.`,
    E4: (when) => `top management is told again on ${when}.`,
  },
  de: {
    R1: (when) => `eine Erinnerung folgt am ${when}.`,
    R2: (when) => `eine Erinnerung folgt am ${when}.`,
    R3: (when) => `eine letzte Erinnerung folgt am ${when}.`,
    E0: (when) => `es gilt als überfällig ab ${when}.`,
    E1: (when) => `die Führungskraft wird informiert am ${when}.`,
    E2: (when) => `die/der Informationssicherheitsbeauftragte wird informiert am ${when}.`,
    E3: (when) => `die oberste Leitung wird informiert am ${when}.`,
    E4: (when) => `die oberste Leitung wird erneut informiert am ${when}.`,
  },
};

export function stepText({ step }: DeadlineStep, when: string, language: Language): string {
  return stepTexts[language][step](when);
}
