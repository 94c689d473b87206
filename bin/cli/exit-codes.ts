/** What scripts may rely on; listed in docs/cli.md. */
export const exitCodes = {
  ok: 0,
  /** The rules refused it, an expectation failed, or the journal is not whole. */
  refused: 1,
  /** Wrong usage, or a value of the environment that cannot be used; nothing was tried. */
  usage: 2,
  /** The engine, its database or Temporal does not answer; the same again later may succeed. */
  unreachable: 3,
  /** Not signed in, or not for this person to do. */
  notAllowed: 4,
  notFound: 5,
  /** The command is stored and will be decided when a worker runs. */
  pending: 6,
} as const;

export type Exit = keyof typeof exitCodes;
