/** The frame around every page. */
import { raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import { favicon, stylesheet } from './asset-files.ts';
import { absolute, links } from './links.ts';
import type { PageScript } from './scripts.ts';
import type { Site } from './site.ts';

type LayoutProps = PropsWithChildren<{
  site: Site;
  /** What the page is about; the publisher's name is added to it. */
  title: string;
  /** One or two sentences for search engines and previews. */
  description: string;
  /** The one address of the page within this instance; absent for what should not be found, such as a 404. */
  address?: string;
  /** The same as JSON. */
  json?: string;
  /** Which entry of the navigation the page is. */
  here?: 'reports' | 'affected' | 'docs';
  /** What the page is more convenient with, and never needs. */
  script?: PageScript;
}>;

export function Layout(props: LayoutProps) {
  const { site, title, description, address, json, here, script, children } = props;
  const fullTitle = `${title} – ${site.publisherName}`;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{fullTitle}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={description} />
        {address === undefined ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            <link rel="canonical" href={absolute(site, address)} />
            <meta property="og:url" content={absolute(site, address)} />
          </>
        )}
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:site_name" content={site.publisherName} />
        <meta property="og:type" content="article" />
        {json && <link rel="alternate" type="application/json" href={absolute(site, json)} />}
        <link rel="icon" type="image/svg+xml" href={favicon.address} />
        <link rel="stylesheet" href={stylesheet.address} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="masthead">
          <div class="frame">
            <a class="brand" href={links.home()}>
              <Mark />
              <span>{site.publisherName}</span>
            </a>
            <nav aria-label="Main">
              <ul>
                <NavigationItem to={links.reports()} current={here === 'reports'} page={address}>
                  Reports
                </NavigationItem>
                <NavigationItem to={links.affected()} current={here === 'affected'} page={address}>
                  Does this concern me?
                </NavigationItem>
                <NavigationItem to={links.docs()} current={here === 'docs'} page={address}>
                  API
                </NavigationItem>
              </ul>
            </nav>
          </div>
        </header>
        <main id="content" class="frame" tabindex={-1}>
          {children}
        </main>
        <footer class="colophon">
          <div class="frame">
            <p>
              Kept with Holdfast: every faulty release is recorded, and every later one is held
              against it. A report that was published keeps its address for good.
            </p>
          </div>
        </footer>
        {script && <script>{raw(script.text)}</script>}
      </body>
    </html>
  );
}

type NavigationItemProps = PropsWithChildren<{
  to: string;
  /** Whether the page, which is at `page`, belongs to this entry. */
  current: boolean;
  page: string | undefined;
}>;

function NavigationItem({ to, current, page, children }: NavigationItemProps) {
  const state = to === page ? 'page' : 'true';
  return (
    <li>
      <a href={to} aria-current={current ? state : undefined}>
        {children}
      </a>
    </li>
  );
}

/** The clamp that gives the product its name. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M4 3h5v5.5h6V3h5v18h-5v-5.5H9V21H4z" />
    </svg>
  );
}
