import { z } from 'zod';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { openApiOf } from './document.ts';

/** The description is made of the endpoints that it describes, itself among them. */
export function openApiEndpoints(others: readonly Endpoint[]): Endpoint[] {
  let made: object | undefined;
  const description: Endpoint = endpoint({
    ...{ method: 'get', path: '/openapi.json', tag: 'Processes', access: 'public' },
    summary: 'This description (OpenAPI 3.1)',
    answers: { 200: { description: 'OpenAPI document', schema: z.record(z.string(), z.unknown()) } },
    errors: [],
    async handle(_call, { publicUrl }) {
      made ??= openApiOf([...others, description]);
      return ok({ ...made, servers: [{ url: `${publicUrl}/api/v1` }] });
    },
  });
  return [description];
}
