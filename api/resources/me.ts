import { meView, signInBody } from '../../contracts/api-records.ts';
import type { MandateView } from '../../contracts/api-records.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Mandate } from '../../domain/directory/standing-in.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { Problem } from '../http/problem.ts';
import { requireOwnOrigin } from '../http/security.ts';
import { passwordSignIn } from '../sign-in/password-sign-in.ts';
import { mayReadAttempts, mayVerify } from './rights.ts';

const me = endpoint({
  ...{ method: 'get', path: '/me', tag: 'People', access: 'signedIn' },
  summary: 'Who I am here: person, roles, organisation, whom I stand in for and who stands in for me',
  answers: { 200: { description: 'The person signed in', schema: meView } },
  errors: [],
  async handle({ reader, signedIn, now }, { people }) {
    const directory = await people.directory();
    return ok({
      person: personOf(directory, reader.person, now),
      roles: directory.rolesOf(reader.person, now),
      organisation: directory.organisation,
      signedInBy: signedIn.by,
      mayReadAttempts: mayReadAttempts(reader),
      mayVerify: mayVerify(reader),
      absent: directory.isAbsent(reader.person, now),
      standsInFor: directory.mandatesOf(reader.person, now).map((each) => mandateOf(each, each.principal)),
      standIns: directory.mandatesFor(reader.person, now).map((each) => mandateOf(each, each.person)),
    });
  },
});

function mandateOf({ kind, scope, acceptance, until, caseId, ref }: Mandate, person: PersonId): MandateView {
  const covered = scope === 'EVERYTHING' ? [] : [...scope.processes, ...scope.decisions];
  return { kind, person, scope: covered, acceptance, until, case: caseId, ref };
}

function personOf(directory: Directory, id: PersonId, now: Instant) {
  const { name, email, unit } = directory.person(id)!;
  return { id, name, email, unit, active: true, manager: directory.managerOf(id, now) };
}

const signIn = endpoint({
  ...{ method: 'post', path: '/session', tag: 'People', access: 'public' },
  summary: 'Sign in with address and password',
  description:
    'Sets the session cookie. The answer is the same whether the address is unknown or the password wrong.',
  body: signInBody,
  answers: { 204: { description: 'Signed in; the cookie is set' } },
  errors: ['SIGN_IN_FAILED', 'ORIGIN_REFUSED'],
  async handle({ request, body }, dependencies) {
    requireOwnOrigin(request, dependencies.publicUrl);
    const done = await passwordSignIn(dependencies, request, body);
    if (!done) throw new Problem('SIGN_IN_FAILED');
    return { status: 204, headers: { 'Set-Cookie': done.cookies } };
  },
});

const signOut = endpoint({
  ...{ method: 'delete', path: '/session', tag: 'People', access: 'signedIn' },
  summary: 'Sign out',
  answers: { 204: { description: 'The session has ended' } },
  errors: [],
  async handle({ request }, { signIn }) {
    return { status: 204, headers: { 'Set-Cookie': await signIn.out(request.headers) } };
  },
});

export const meEndpoints: Endpoint[] = [me, signIn, signOut];
