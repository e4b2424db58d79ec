/** What a page is: a request in, a document out. Pages call the same store functions as the API's handlers. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { PageName } from './page-routes.ts';

export interface PageRequest {
  /** The parameters of the route, decoded. */
  path: Readonly<Record<string, string>>;
  /** As people and links write it: nothing of it has been checked. */
  query: URLSearchParams;
  /** What was filled in and sent, unchecked likewise; null where the page was only asked for. */
  form: FormData | null;
}

export interface PageAnswer {
  status: 200 | 400 | 404 | 429;
  /** A whole document, made by `Layout`. */
  body: JSX.Element;
}

export type Page = (request: PageRequest) => Promise<PageAnswer>;

/** One for each route of the table. A feature provides its own as `Pick<Pages, 'report' | …>`. */
export type Pages = { readonly [Name in PageName]: Page };
