import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, inBrowser, launchChromium, outputFile } from './chromium.ts';
import { faultsOf, overflowOf } from './page-faults.ts';
import { type PublicSite, publicSite } from './public-site.ts';

let site: PublicSite;
let browser: Browser;

/** Every public page, by the name of its picture. */
const pages: Record<string, () => string> = {
  home: () => '/',
  'reports-found': () => '/reports?q=machines&severity=sev1',
  'reports-none': () => '/reports?q=nothing+of+the+kind',
  'report-final': () => `/reports/${site.final}`,
  'report-preliminary': () => `/reports/${site.preliminary}`,
  'report-withdrawn': () => `/reports/${site.withdrawn}`,
  'not-found': () => '/reports/HF-2031-9999',
  'not-readable': () => '/reports?severity=sev9',
  'affected-choice': () => '/affected',
  affected: () => '/affected?product=guard-rules',
  docs: () => '/docs',
  problem: () => '/problems/gate-refused',
};
const noScripts = { javaScriptEnabled: false };
const looks = [
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const;

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${site.origin}${address}`);
  return page;
}

describe.skipIf(!hasBrowser)(inBrowser, () => {
  beforeAll(async () => {
    [site, browser] = await Promise.all([publicSite(), launchChromium()]);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  describe.each(Object.keys(pages))('the page %s', (name) => {
    let page: Page;
    // The contract is too long for one picture, and for axe more often than it has to be.
    const isLong = name === 'docs';

    beforeAll(async () => {
      page = await open(pages[name]?.() ?? '');
    });
    afterAll(async () => {
      await page?.context().close();
    });

    test.each(looks)(
      'has no fault and no overflow at %i pixels, %s',
      async (width, colorScheme) => {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        expect(await overflowOf(page)).toBe(0);
        if (!isLong || (width === 390) === (colorScheme === 'light')) {
          expect(await faultsOf(page)).toEqual([]);
        }
        const path = outputFile(`${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: !isLong });
      },
    );

    test('shows from the first step by keyboard where one is', async () => {
      await page.reload();
      await page.keyboard.press('Tab');
      expect(await focused(page)).toMatchObject({ text: 'Skip to the content', outlined: true });
      await page.keyboard.press('Tab');
      expect(await focused(page)).toMatchObject({ text: 'Example Software', outlined: true });
    });

    test('fits on paper, without navigation', async () => {
      await page.setViewportSize({ width: 720, height: 1000 });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await overflowOf(page)).toBe(0);
      for (const nav of await page.locator('nav').all()) expect(await nav.isVisible()).toBe(false);
      await page.screenshot({ path: outputFile(`${name}-print.png`), fullPage: !isLong });
      if (!isLong) await page.pdf({ path: outputFile(`${name}.pdf`), format: 'A4' });
    });
  });

  test('printed links to elsewhere show their address', async () => {
    const page = await open(`/reports/${site.final}`);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(
      "getComputedStyle(document.querySelector('#sources a'), '::after').content",
    );
    expect(shown).toContain('https://vendor.example.test/reports/analysis-of-the-june-update');
    await page.context().close();
  });

  test('everything that can be used is reached by keyboard, in the order of the page', async () => {
    const page = await open(`/reports/${site.final}`, { viewport: { width: 1280, height: 844 } });
    const expected = await page
      .locator('a[href], button, input, select, summary, [tabindex="0"]')
      .evaluateAll((elements) => elements.map((element) => element.outerHTML.slice(0, 80)));
    const reached: string[] = [];
    for (let step = 0; step < expected.length; step += 1) {
      await page.keyboard.press('Tab');
      const { html, outlined } = await focused(page);
      expect(outlined, html).toBe(true);
      reached.push(html.slice(0, 80));
    }
    expect(reached).toEqual(expected);
    await page.context().close();
  });

  test('without scripts, a reader searches, filters and opens a report', async () => {
    const page = await open('/', { javaScriptEnabled: false });
    await page.getByLabel('Search').fill('machines');
    await page.getByLabel('Product').selectOption('guard-rules');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: 'Reports found' }).waitFor();
    expect(new URL(page.url()).search).toBe('?q=machines&product=guard-rules&severity=');
    await page.getByRole('link', { name: 'A rule update for Windows stops machines' }).click();
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    await page.context().close();
  });

  test('the contract is closed but for what somebody looks for, which a link opens', async () => {
    const page = await open('/docs', { viewport: { width: 390, height: 844 }, ...noScripts });
    const whole = await page.locator('html').boundingBox();
    expect(whole?.height).toBeLessThan(30_000);
    const linked = await open('/docs#operation-getGate', noScripts);
    await linked.getByText('GET /v1/products/{product}/releases/{version}/gate').waitFor();
    expect(await linked.locator('#operation-getGate').isVisible()).toBe(true);
    expect(await linked.locator('#operation-recordShipment').isVisible()).toBe(false);
    await page.context().close();
    await linked.context().close();
  });

  test('what to do stands on the first screen of a phone', async () => {
    const page = await open(`/reports/${site.final}`, { viewport: { width: 390, height: 844 } });
    const box = await page.getByRole('heading', { name: 'What to do' }).boundingBox();
    expect(box?.y).toBeLessThan(844);
    await page.context().close();
  });

  test('nothing is refused by the content security policy, and nothing is loaded from elsewhere', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    const origins = new Set<string>();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    for (const address of Object.values(pages)) await page.goto(`${site.origin}${address()}`);
    // What a browser says of the answers that are meant to be 400 and 404.
    expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
    expect([...origins]).toEqual([site.origin]);
    await context.close();
  });
});

async function focused(page: Page): Promise<{ text: string; html: string; outlined: boolean }> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      text: element.textContent.trim(),
      html: element.outerHTML,
      outlined: outlineStyle !== 'none' && outlineWidth !== '0px',
    };
  })()`);
}
