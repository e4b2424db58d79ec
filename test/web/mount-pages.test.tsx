import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { stylesheet } from '../../src/web/asset-files.ts';
import { Layout } from '../../src/web/layout.tsx';
import { mountPages } from '../../src/web/mount-pages.ts';
import type { Page } from '../../src/web/page.ts';

const site = { publisherName: 'Example <Software>', publicUrl: 'https://reports.example' };

function appWith(home: Page) {
  const logged: object[] = [];
  const app = new Hono();
  app.notFound((context) => context.json({ title: 'There is no such thing' }, 404));
  const ok: Page = async () => ({
    status: 200,
    body: (
      <Layout site={site} title="A & B" description="About." address="/docs" json="/v1/reports">
        <h1>A</h1>
      </Layout>
    ),
  });
  mountPages(
    app,
    { home, reports: ok, report: ok, affected: ok, docs: ok, problem: ok },
    {
      site,
      log: { error: (fields) => logged.push(fields) },
      isOutage: (error) => error instanceof RangeError,
    },
  );
  const browse = (path: string, init?: RequestInit) =>
    app.request(path, { ...init, headers: { accept: 'text/html,*/*' } });
  return { app, browse, logged };
}

const failing = (error: Error) =>
  appWith(async () => {
    throw error;
  });

describe('a page', () => {
  const { app, browse } = appWith(async () => ({ status: 200, body: <p>hi</p> }));

  test('is a whole document that runs nothing and loads nothing from elsewhere', async () => {
    const response = await browse('/docs');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    // Of scripts one alone runs, by its text.
    expect(response.headers.get('content-security-policy')).toMatch(
      /script-src 'sha256-[\w+/]{43}='(?:;|$)/,
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await response.text();
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<title>A &amp; B – Example &lt;Software&gt;</title>');
    expect(html).toContain('<link rel="canonical" href="https://reports.example/docs"/>');
    expect(html).toContain(
      '<link rel="alternate" type="application/json" href="https://reports.example/v1/reports"/>',
    );
    expect(html).not.toMatch(/<script|style="|\son\w+=/);
  });

  test('loads its stylesheet from an address that may be kept for ever', async () => {
    expect(stylesheet.address).toMatch(/^\/assets\/pages-[0-9a-f]{16}\.css$/);
    const response = await browse(stylesheet.address);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  test('200: HEAD has the headers alone', async () => {
    const response = await browse('/docs', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('405: nothing can be sent to it', async () => {
    const response = await browse('/reports', { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('200: what answers a form is kept nowhere on the way, and what is asked for is asked for anew', async () => {
    const form = new URLSearchParams({ version: '1' });
    const answered = await browse('/affected', { method: 'POST', body: form });
    expect(answered.headers.get('cache-control')).toBe('no-store');
    expect((await browse('/affected')).headers.get('cache-control')).toBe('no-cache');
  });

  test('404: an unknown address is a page for a browser, and what the app says for everybody else', async () => {
    expect(await (await browse('/nowhere')).text()).toContain('<h1>Not found</h1>');
    const other = await app.request('/nowhere');
    expect(await other.json()).toEqual({ title: 'There is no such thing' });
    const api = await browse('/v1/nowhere');
    expect(await api.json()).toEqual({ title: 'There is no such thing' });
  });
});

describe('a page that fails', () => {
  test('500: tells the reader what to quote, and the log what happened', async () => {
    const { browse, logged } = failing(new Error('a secret detail'));
    const response = await browse('/');
    expect(response.status).toBe(500);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toContain(response.headers.get('x-request-id'));
    expect(html).not.toContain('a secret detail');
    expect(logged).toMatchObject([{ err: { message: 'a secret detail' } }]);
  });

  test('503: in an outage, it asks to try again', async () => {
    const response = await failing(new RangeError('no database')).browse('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('Try again in a minute');
  });
});
