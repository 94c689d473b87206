import { expect, test, vi } from 'vitest';
import { type Running, type Service, Stopped, Supervisor } from '../../bin/supervisor.ts';

test('what ends is started again, and told', async () => {
  const said: string[] = [];
  const { service, starts, end } = pretend('Worker');
  const supervisor = new Supervisor((line) => said.push(line));
  await supervisor.run(service);
  end();
  await vi.waitFor(() => expect(starts()).toBe(2));
  expect(said).toEqual(['Worker has ended; starting it again.']);
  await supervisor.stop();
});

test('a start that fails is tried again; what has to follow happens once it succeeded', async () => {
  const { service, starts, end } = pretend('Temporal');
  const restarted = vi.fn(async () => undefined);
  let failures = 1;
  const start = () =>
    starts() > 0 && failures-- > 0 ? Promise.reject(new Error('no port')) : service.start();
  const supervisor = new Supervisor(() => undefined);
  await supervisor.run({ ...service, start, restarted });
  end();
  await vi.waitFor(() => expect(restarted).toHaveBeenCalledTimes(1), 3_000);
  expect(starts()).toBe(2);
  await supervisor.stop();
});

test('the first start has to succeed', async () => {
  const supervisor = new Supervisor(() => undefined);
  const start = () => Promise.reject(new Error('no data'));
  await expect(supervisor.run({ name: 'PostgreSQL', start })).rejects.toThrow('no data');
  await supervisor.stop();
});

test('what is stopped stays stopped, in reverse order of starting', async () => {
  const stopped: string[] = [];
  const services = ['PostgreSQL', 'API'].map((name) => pretend(name, () => stopped.push(name)));
  const supervisor = new Supervisor(() => undefined);
  for (const { service } of services) await supervisor.run(service);
  await supervisor.stop();
  expect(stopped).toEqual(['API', 'PostgreSQL']);
  expect(services.map(({ starts }) => starts())).toEqual([1, 1]);
});

test('what is still starting when everything stops is stopped too', async () => {
  const stopped = vi.fn();
  const { service } = pretend('PostgreSQL', stopped);
  let release = () => undefined as void;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const supervisor = new Supervisor(() => undefined);
  const running = supervisor.run({ ...service, start: () => gate.then(() => service.start()) });
  const stopping = supervisor.stop();
  release();
  await expect(running).rejects.toThrow(Stopped);
  await stopping;
  expect(stopped).toHaveBeenCalledTimes(1);
  await expect(supervisor.run(service)).rejects.toThrow(Stopped);
});

function pretend(name: string, onStop: () => void = () => undefined) {
  let count = 0;
  let end = () => undefined as void;
  const start = async (): Promise<Running> => {
    count += 1;
    const ended = new Promise<void>((resolve) => (end = resolve));
    return { ended, stop: async () => (onStop(), end()) };
  };
  const service: Service = { name, start };
  return { service, starts: () => count, end: () => end() };
}
