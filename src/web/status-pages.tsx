/** The pages for what is not there, and for what went wrong. */
import type { PropsWithChildren } from 'hono/jsx';
import { Layout } from './layout.tsx';
import { links } from './links.ts';
import type { PageAnswer } from './page.ts';
import type { Site } from './site.ts';

/** `sought` says what somebody looked for: `There is no report HF-2024-0099.` */
export function notFoundPage(site: Site, sought = 'There is nothing at this address.'): PageAnswer {
  return {
    status: 404,
    body: (
      <Notice site={site} title="Not found">
        {sought} It may be mistyped. What was published once stays where it was.
      </Notice>
    ),
  };
}

/** An address that asks for something in a way that cannot be read. */
export function badRequestPage(site: Site, fault: string): PageAnswer {
  return {
    status: 400,
    body: (
      <Notice site={site} title="This address cannot be read">
        {fault}
      </Notice>
    ),
  };
}

export function badFormPage(site: Site) {
  return (
    <Notice site={site} title="What was sent cannot be read">
      Go back to the form and send it again.
    </Notice>
  );
}

export function tooLargePage(site: Site) {
  return (
    <Notice site={site} title="That is too large">
      At most 10 MB can be read at once. Send the list of drivers alone.
    </Notice>
  );
}

export function methodPage(site: Site) {
  return (
    <Notice site={site} title="This page can only be read">
      Nothing can be sent to this address.
    </Notice>
  );
}

/** `requestId` is what the operator finds in the log. */
export function failurePage(site: Site, kind: 'fault' | 'outage', requestId: string) {
  const title = kind === 'outage' ? 'Back in a moment' : 'Something went wrong on our side';
  return (
    <Notice site={site} title={title}>
      {kind === 'outage'
        ? 'The reports cannot be reached right now. Try again in a minute.'
        : 'This page could not be made. Trying again may help; we have a note of what happened.'}{' '}
      If you write to us about it, quote <code>{requestId}</code>.
    </Notice>
  );
}

function Notice({ site, title, children }: PropsWithChildren<{ site: Site; title: string }>) {
  return (
    <Layout site={site} title={title} description={`${title}.`}>
      <div class="notice-page">
        <h1>{title}</h1>
        <p class="lead">{children}</p>
        <p>
          <a href={links.reports()}>All published reports</a>
        </p>
      </div>
    </Layout>
  );
}
