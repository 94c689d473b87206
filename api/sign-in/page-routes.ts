import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { formBody } from '../http/body.ts';
import { addressOf } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { requireOwnOrigin } from '../http/security.ts';
import { sendPage } from './page.ts';
import type { LinkPage } from './link-page.ts';
import { setupAnswers } from './setup-answers.ts';
import { signInAnswers } from './sign-in-answers.ts';

export function pageRoutes(dependencies: Dependencies): Router {
  const router = Router();
  mount(router, '/sign-in', dependencies, signInAnswers(dependencies));
  mount(router, '/setup', dependencies, setupAnswers(dependencies));
  return router;
}

function mount(router: Router, path: string, dependencies: Dependencies, { show, submit }: LinkPage): void {
  const route = router.route(path).all(guarded(dependencies));
  route.get(answering(show)).post(formBody, answering(submit));
  route.all(() => {
    throw new Problem('METHOD_NOT_ALLOWED', { headers: { Allow: 'GET, HEAD, POST' } });
  });
}

/** Nobody guesses tokens by the thousand, and no other site signs anybody in. */
function guarded({ limiters, publicUrl }: Dependencies): RequestHandler {
  return async (request, response, next) => {
    response.locals.route = request.path;
    await limiters.stranger(request, response, addressOf(request));
    if (request.method === 'POST') requireOwnOrigin(request, publicUrl);
    next();
  };
}

function answering(answer: LinkPage['show']): RequestHandler {
  return async (request, response) => {
    const { page, cookies = [] } = await answer(request);
    if (cookies.length > 0) response.append('Set-Cookie', cookies);
    sendPage(response, page);
  };
}
