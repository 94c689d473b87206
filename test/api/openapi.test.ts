import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorTable } from '../../contracts/errors.ts';
import { processes } from '../../domain/processes.ts';
import { endpoints } from '../../api/endpoints.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

interface Operation {
  operationId: string;
  summary: string;
  parameters: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: { anyOf?: { title: string }[] } }> };
  responses: Record<string, { description: string }>;
}

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

let api: TestApi;
let document: Document;
beforeAll(async () => {
  api = await startTestApi();
  document = (await api.as(null).get<Document>('/api/v1/openapi.json')).body;
});
afterAll(() => api.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

describe('openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(document as never);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: 'http://isms.example/api/v1' }]);
  });

  it('describes every route there is and no other, each under a name of its own', () => {
    const described = operations().map(({ path, method }) => `${method} ${path}`);
    expect(described.toSorted()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).toSorted());
    const names = operations().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is complete: what is described is answered, and a route that is not described is not there', async () => {
    for (const { path, method } of operations()) {
      const answer = await api
        .as('anna.berger')
        .send<{ code?: string }>(method.toUpperCase(), `/api/v1${path.replaceAll(/\{\w+\}/g, 'x')}`);
      expect([path, answer.status === 405 || answer.status >= 500]).toEqual([path, false]);
    }
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    for (const path of Object.keys(document.paths)) {
      const missing = methods.filter((method) => !document.paths[path]![method.toLowerCase()]);
      for (const method of missing) {
        const answer = await api.as('anna.berger').send(method, `/api/v1${path.replaceAll(/\{\w+\}/g, 'x')}`);
        expect([method, path, answer.status]).toEqual([method, path, 405]);
      }
    }
  });

  it('names every parameter of a path, a summary, and what may go wrong', () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name)).toEqual(
        inPath,
      );
      expect(operation.summary.length).toBeGreaterThan(5);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['429', '500', '503']));
    }
  });

  it('gives the schema of every payload and every command', () => {
    const titles = (path: string) =>
      document.paths[path]!['post']!.requestBody!.content['application/json']!.schema.anyOf!.map(
        ({ title }) => title,
      );
    expect(titles('/cases')).toEqual(Object.keys(processes).sort());
    expect(titles('/cases/{id}/commands/{command}')).toEqual(
      expect.arrayContaining(['COMMENT', 'APPROVE', 'nonconformity.ACCEPT', 'action.SUBMIT']),
    );
  });

  it('has an error row for every problem that it promises', () => {
    const statuses = new Set(Object.values(errorTable).map(({ status }) => String(status)));
    const promised = operations().flatMap(({ operation }) =>
      Object.keys(operation.responses).filter((status) => Number(status) >= 400),
    );
    for (const status of promised) expect(statuses).toContain(status);
  });
});

describe('processes', () => {
  it('are described by what runs: states, commands with schemas, a diagram', async () => {
    const { body } = await api.as('anna.berger').get<{
      items: {
        name: string;
        states: { state: string }[];
        commands: { command: string; by: string[] }[];
        diagram: string;
      }[];
    }>('/api/v1/processes');
    const nonconformity = body.items.find(({ name }) => name === 'nonconformity')!;
    expect(nonconformity.states.map(({ state }) => state)).toContain('effectivenessReview');
    expect(nonconformity.commands.map(({ command }) => command)).not.toContain('COUNT_OCCURRENCE');
    expect(nonconformity.diagram).toContain('reported --> containment: ACCEPT [keepsAuditGrade]');
    expect(nonconformity.diagram.split('\n').slice(0, 2)).toEqual(['stateDiagram-v2', '  [*] --> reported']);
  });
});
