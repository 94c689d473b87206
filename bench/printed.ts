import type { CalendarEdit } from './calendar-edit.ts';
import type { LeaverFigures } from './leaver.ts';
import { round } from './load.ts';
import type { RegisterFigures } from './risk-register.ts';

/** The figures as people read them. */
interface Load {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  cpuMsPerCall: Record<string, number>;
}

interface Figures {
  starts: { coldSeconds: number; warmSeconds: number };
  memoryMiB: Record<string, number>;
  bare: { one: Load; twenty: Load };
  host: { one: Load; twenty: Load };
  http: { one: Load; twenty: Load };
  opening: Load;
  inbox: Load;
  leaver: LeaverFigures;
  calendarEdit: CalendarEdit;
  riskRegister: { sizes: RegisterFigures[]; growth: Record<string, number> };
}

export function printed({ starts, memoryMiB, bare, host, http, opening, inbox, leaver, calendarEdit, riskRegister }: Figures): string {
  const total = Object.values(memoryMiB).reduce((sum, each) => sum + each, 0);
  const loads = { 'bare, 1': bare.one, 'bare, 20': bare.twenty, 'host, 1': host.one, 'host, 20': host.twenty, 'HTTP, 1': http.one, 'HTTP, 20': http.twenty, opening, inbox };
  const ratio = (ours: Load, theirs: Load) => round(ours.perSecond / theirs.perSecond);
  return [
    'what            per second    p50 ms    p95 ms   CPU ms per call',
    ...Object.entries(loads).map(([name, load]) => line(name, load)),
    '',
    `host : bare   ${ratio(host.one, bare.one)} at 1, ${ratio(host.twenty, bare.twenty)} at 20   (aim 0.7)`,
    `HTTP : bare   ${ratio(http.one, bare.one)} at 1, ${ratio(http.twenty, bare.twenty)} at 20   (aim 0.5)`,
    `opening       ${opening.perSecond}/s answered   (aim 300)`,
    `inbox         ${inbox.perSecond} req/s   (aim 500)`,
    `memory        ${total} MiB at rest   (aim 900): ${JSON.stringify(memoryMiB)}`,
    `start         ${starts.coldSeconds} s first, ${starts.warmSeconds} s warm   (aim 8)`,
    left(leaver),
    edited(calendarEdit),
    ...riskRegister.sizes.map(register),
    `risks grow     ${JSON.stringify(riskRegister.growth)}`,
  ].join('\n');
}

function left({ assignments, seconds, perSecond, firstMs, cpuMsPerCase, transactionsPerCase, personMs }: LeaverFigures): string {
  return `leaver        ${assignments} assignments in ${seconds} s (${perSecond}/s), the first after ${firstMs} ms; a person meanwhile waits ${personMs.p50} ms, p95 ${personMs.p95} ms; CPU ms per case ${JSON.stringify(cpuMsPerCase)}, ${transactionsPerCase} transactions per case`;
}

function edited({ cases, seconds, perSecond, previewSeconds, personMs, perDecision }: CalendarEdit): string {
  return `calendar edit ${cases} cases in ${seconds} s (${perSecond}/s), previewed in ${previewSeconds} s; a person meanwhile waits ${personMs.p50} ms, p95 ${personMs.p95} ms (alone ${personMs.alone} ms); a decision costs ${JSON.stringify(perDecision)}`;
}

function register({ risks, import500Ms, importedPerSecond, lists, matrix, riskWithLinks, derivation }: RegisterFigures): string {
  const slowest = Math.max(...Object.values(lists).map(({ p95Ms }) => p95Ms));
  return `${risks} risks: 500 more in ${import500Ms} ms (${importedPerSecond}/s); a page of 50 within ${slowest} ms (slowest list, p95); matrix ${matrix.p50Ms} ms; a risk with its links ${riskWithLinks.p50Ms} ms; statement derived in ${derivation.p50Ms} ms, p95 ${derivation.p95Ms} ms`;
}

function line(name: string, { perSecond, p50Ms, p95Ms, cpuMsPerCall }: Load): string {
  const cells = [name.padEnd(14), String(perSecond).padStart(11), String(p50Ms).padStart(10), String(p95Ms).padStart(10)];
  return `${cells.join('')}   ${JSON.stringify(cpuMsPerCall)}`;
}
