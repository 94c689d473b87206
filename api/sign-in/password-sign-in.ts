import type { Request } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { addressOf } from '../http/limits.ts';

export interface AddressAndPassword {
  email: string;
  password: string;
}

/** Signs in whoever has this address in the directory and this password; null for everything else, in the same time. */
export async function passwordSignIn(
  { signIn, people, limiters, clock }: Dependencies,
  request: Request,
  { email, password }: AddressAndPassword,
): Promise<{ name: string; cookies: string[] } | null> {
  const wanted = email.trim().toLowerCase();
  await limiters.signIn(request, request.res!, `${addressOf(request)} ${wanted}`);
  const directory = await people.directory();
  const person = directory
    .people()
    .find((each) => each.email.toLowerCase() === wanted && directory.isActive(each.id, clock()) && !directory.isShutOut(each.id, clock()));
  const cookies = await signIn.withPassword({ person: person?.id ?? null, password });
  return person && cookies ? { name: person.name, cookies } : null;
}
