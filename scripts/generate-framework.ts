import { readFileSync, writeFileSync } from 'node:fs';
import { frameworkSource } from './framework-source.ts';

/** Writes domain/framework/framework.ts from the tables beside it, which are the only place where ids and titles are written by hand. */
const folder = new URL('../domain/framework/', import.meta.url);
const table = (name: string) => readFileSync(new URL(name, folder), 'utf8');

writeFileSync(new URL('framework.ts', folder), frameworkSource({ clauses: table('clauses.csv'), controls: table('controls.csv') }));
