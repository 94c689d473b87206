import { harmless } from './display/terminal-text.ts';
import type { Exit } from './exit-codes.ts';

/** What a command found: data for programs, text for people. */
export interface Answer {
  data: unknown;
  exit: Exit;
  text(): string;
}

/** `render` sees the data only after everything was taken out of it that could steer a terminal. */
export function answer<T>(data: T, render: (data: T) => string, exit: Exit = 'ok'): Answer {
  return { data, exit, text: () => render(harmless(data)) };
}
