/** Remembers answers for a moment: also "no", and also while the question is still out, so that many askers cost one. */
export interface RecentAnswers<T> {
  of(name: string, ask: () => Promise<T | null>): Promise<T | null>;
  forget(name: string): void;
}

export function createRecentAnswers<T>({ forMs, most }: { forMs: number; most: number }): RecentAnswers<T> {
  const known = new Map<string, { answer: Promise<T | null>; until: number }>();

  function askAnew(name: string, ask: () => Promise<T | null>): Promise<T | null> {
    const answer = ask();
    known.delete(name);
    known.set(name, { answer, until: Date.now() + forMs });
    answer.catch(() => forgetIf(name, answer));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return answer;
  }

  /** A failure is no answer; whoever asks next asks again. */
  function forgetIf(name: string, answer: Promise<T | null>): void {
    if (known.get(name)?.answer === answer) known.delete(name);
  }

  return {
    of(name, ask) {
      const found = known.get(name);
      return found && found.until > Date.now() ? found.answer : askAnew(name, ask);
    },
    forget: (name) => void known.delete(name),
  };
}
