/** `npm run demo` as a newcomer runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

/** Starts it, and hears what it says on either stream. */
function demo(...options: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/typescript.mjs', 'scripts/demo/main.ts', ...options],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const closed = once(child, 'close').then(([code]) => code as number | null);
  const until = (words: string) =>
    new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said.stdout += text;
        if (said.stdout.includes(words)) resolve();
      });
      // Where they never come, the test says what came instead.
      closed.then(() => resolve());
    });
  return { child, said, closed, until };
}

test('the demo tells the whole story on a fresh instance, and ends with 0', async () => {
  const { said, closed, until } = demo();
  await until('The demo ends here');
  expect(await closed).toBe(0);
  const { stdout, stderr } = said;
  expect(stderr).toBe('');
  const moments = [
    'ada$ holdfast incident create',
    'bo$ holdfast incident approve HF-2024-0001',
    'HF-2024-0001 is published',
    'Blocked: known faulty (HF-2024-0001).',
    'build-farm$ holdfast required falcon-content-windows 291.20240812.900',
    '5 cases: 3 passed, 1 failed, 0 errored, 1 skipped',
    'Blocked: 1 of 4 requirements failed, 2 have no result yet.',
    'Passed: all 4 requirements passed.',
    'is in ring canary since',
    'customer$ holdfast report show HF-2024-0001',
    'What to do',
    'What guards against a second time',
    'Every step came out as told.',
  ];
  const places = moments.map((moment) => ({ moment, at: stdout.indexOf(moment) }));
  expect(places.filter(({ at }) => at < 0)).toEqual([]);
  expect(places).toEqual([...places].sort((one, other) => one.at - other.at));
});

test('where it stays, the report is a page without a token until Ctrl+C', async () => {
  const { child, said, closed, until } = demo('--stay');
  await until('until you press Ctrl+C');
  const [url = 'nowhere'] = /http:\S+\/reports\/\S+(?=\n\n)/.exec(said.stdout) ?? [];
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Channel File 291 crashes Windows at every start');
  child.kill('SIGINT');
  expect(await closed).toBe(0);
  expect(said.stderr).toBe('');
});
