import { execFileSync, spawnSync } from 'node:child_process';

/** As whom PostgreSQL's programs run: by `ids`, or by the program they are called `through`; files go to `owner`. */
export type RunAs = { owner?: Ids; ids?: Ids; through: string[] };

type Ids = { uid: number; gid: number };

const user = 'postgres';

/**
 * PostgreSQL refuses to run as root; started by root it runs as the user `postgres`, who is created where missing.
 * @param paths what that user has to reach: the programs and the folder of the data
 */
export function postgresUser(paths: string[]): RunAs {
  if (process.getuid?.() !== 0) return { through: [] };
  const owner = systemUser();
  if (paths.every((path) => reaches(path, [], owner))) return { owner, ids: owner, through: [] };
  return { owner, through: throughClosedFolders(paths, owner) };
}

function systemUser(): Ids {
  if (spawnSync('id', [user]).status !== 0) execFileSync('useradd', ['--system', '--user-group', user]);
  const idOf = (kind: string) => Number(execFileSync('id', [kind, user], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/**
 * Root's own folders (`/root`, `mktemp -d`) are closed to everyone else. Rather than opening them, PostgreSQL is lent
 * the one capability that lets a process pass through closed folders; containers usually know only the second.
 */
function throughClosedFolders(paths: string[], ids: Ids): string[] {
  const ways = ['dac_read_search', 'dac_override'].map((capability) => withCapability(capability, ids));
  const way = ways.find((through) => paths.every((path) => reaches(path, through)));
  if (way) return way;
  throw new Error(
    `PostgreSQL does not run as root, and its user ${user} cannot reach ${paths.join(' or ')}: ` +
      'start as an ordinary user, or use folders that everyone may enter (ISMS_HOME moves the data).',
  );
}

function withCapability(capability: string, { uid, gid }: Ids): string[] {
  const asUser = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const caps = [
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--securebits=+no_setuid_fixup',
  ];
  return ['setpriv', ...asUser, ...caps, '--'];
}

function reaches(path: string, through: string[], ids?: Ids): boolean {
  const [command, ...args] = [...through, 'test', '-x', path];
  return spawnSync(command ?? 'test', args, { ...ids }).status === 0;
}
