import type { Request } from 'express';
import type { z } from 'zod';
import type { ErrorCode } from '../contracts/errors.ts';
import type { CaseId, Instant } from '../contracts/identity.ts';
import type { Reader } from '../prisma/queries/reader.ts';
import type { Dependencies } from './dependencies.ts';
import type { Speech } from './http/problem.ts';
import type { Page } from './sign-in/page.ts';
import type { SignedIn } from './sign-in/sign-in.ts';

/** An endpoint is data: the router, the checks of a request and `openapi.json` all derive from it. */
export interface Endpoint {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`, as OpenAPI writes it: `/cases/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  access: 'signedIn' | 'public';
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A schema, the bytes as they come, or nothing. */
  body?: z.ZodType | 'bytes';
  /** Narrower schemas of the body for the description: which there are depends on the path. */
  bodyVariants?: Record<string, z.ZodType>;
  headers?: readonly RequestHeader[];
  answers: Readonly<Record<number, Documented>>;
  errors: readonly ErrorCode[];
  handle(call: Call, dependencies: Dependencies): Promise<Answer>;
}

export type RequestHeader = 'Idempotency-Key' | 'If-Match';

export interface Documented {
  description: string;
  schema?: z.ZodType;
  /** Bytes of any kind instead of JSON. */
  bytes?: true;
  location?: true;
  /** A page for people. */
  page?: true;
}

/** One request, checked. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  request: Request;
  params: P;
  query: Q;
  body: B;
  speech: Speech;
  now: Instant;
  reader: Reader;
  signedIn: SignedIn;
}

export interface Answer {
  status: number;
  body?: unknown;
  bytes?: { content: Buffer; mediaType: string; fileName: string };
  /** Cases that the bytes tell of, for the access log; those of JSON are read from it. */
  shown?: readonly CaseId[];
  page?: Page;
  headers?: Record<string, string | string[]>;
}

type Sent<B> = B extends z.ZodType ? z.infer<B> : B extends 'bytes' ? Buffer : undefined;

interface Definition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | 'bytes'> extends Omit<
  Endpoint,
  'params' | 'query' | 'body' | 'handle'
> {
  params?: P;
  query?: Q;
  body?: B;
  handle(call: Call<z.infer<P>, z.infer<Q>, Sent<B>>, dependencies: Dependencies): Promise<Answer>;
}

/** Ties the handler's types to the schemas beside it. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | 'bytes'>(
  definition: Definition<P, Q, B>,
): Endpoint {
  return definition as unknown as Endpoint;
}

export const ok = (body: unknown, headers?: Answer['headers']): Answer => ({ status: 200, body, headers });
