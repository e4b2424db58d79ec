/** Puts the pages of the table on their routes, and sends what they make with the headers that pages need. */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { requestIdOf } from '../contract/request-id.ts';
import { favicon, stylesheet } from './asset-files.ts';
import type { Page, Pages } from './page.ts';
import { type PageName, type PageRoute, pageRoutes } from './page-routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { Site } from './site.ts';
import {
  badFormPage,
  failurePage,
  methodPage,
  notFoundPage,
  tooLargePage,
} from './status-pages.tsx';

/** What the pages need from the outside. */
export interface PageSurroundings {
  site: Site;
  log: { error(fields: object, message: string): void };
  /** Whether an error means that the database is out of reach: 503 instead of 500. */
  isOutage(error: unknown): boolean;
}

/**
 * Mount last: for an address that nobody has taken, a browser (`Accept: text/html`) gets a page; everybody else, and
 * everything under `/v1`, is left to what `app.notFound` says. HEAD is answered as GET without its body (hono does so).
 */
export function mountPages(app: Hono, pages: Pages, surroundings: PageSurroundings): void {
  for (const name of Object.keys(pageRoutes) as PageName[]) {
    const route: PageRoute = pageRoutes[name];
    const { path, takes } = route;
    app.get(path, servePage(pages[name], surroundings));
    if (takes === 'form')
      app.post(path, limitForm(surroundings), servePage(pages[name], surroundings));
    app.all(path, (context) => {
      const allow = takes === 'form' ? 'GET, HEAD, POST' : 'GET, HEAD';
      return send(context, 405, methodPage(surroundings.site), { allow });
    });
  }
  for (const { address, mediaType, text } of [stylesheet, favicon]) {
    app.get(address, (context) =>
      context.body(text, 200, {
        'content-type': mediaType,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      }),
    );
  }
  app.all('*', async (context, next) => {
    if (!isForPeople(context)) return next();
    const { status, body } = notFoundPage(surroundings.site);
    return send(context, status, body);
  });
}

function servePage(page: Page, { site, log, isOutage }: PageSurroundings) {
  return async (context: Context): Promise<Response> => {
    try {
      const answer = await page({
        path: context.req.param(),
        query: new URL(context.req.url).searchParams,
        form: context.req.method === 'POST' ? await readForm(context) : null,
      });
      return await send(context, answer.status, answer.body);
    } catch (error) {
      if (error instanceof UnreadableForm) {
        return send(context, 400, badFormPage(site));
      }
      const requestId = requestIdOf(context);
      const kind = isOutage(error) ? 'outage' : 'fault';
      log.error({ err: error, requestId }, 'a page could not be made');
      return send(context, kind === 'outage' ? 503 : 500, failurePage(site, kind, requestId));
    }
  };
}

class UnreadableForm extends Error {}

async function readForm({ req }: Context): Promise<FormData> {
  try {
    return await req.formData();
  } catch (cause) {
    throw new UnreadableForm('The form could not be read.', { cause });
  }
}

/** An inventory of the largest size that is read, with room for the other fields. */
const formBytesMax = 11 * 1024 * 1024;

function limitForm({ site }: PageSurroundings) {
  return bodyLimit({
    maxSize: formBytesMax,
    onError: (context) => send(context, 413, tooLargePage(site)),
  });
}

async function send(
  context: Context,
  status: number,
  document: JSX.Element,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const html = `<!doctype html>\n${await document}`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // What is shown is never older than what was published; what repeats a form is nobody else's to find.
      'cache-control': context.req.method === 'POST' ? 'no-store' : 'no-cache',
      'x-request-id': requestIdOf(context),
      ...securityHeaders,
      ...headers,
    },
  });
}

function isForPeople({ req }: Context): boolean {
  const ofContract = req.path === '/v1' || req.path.startsWith('/v1/');
  return !ofContract && (req.header('accept') ?? '').includes('text/html');
}
