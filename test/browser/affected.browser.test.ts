/** "Does this concern me?" in a browser: pasted, as a file, by keyboard, without scripts, on a phone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser, inBrowser, launchChromium, outputFile } from './chromium.ts';
import { faultsOf, overflowOf } from './page-faults.ts';
import { type PublicSite, publicSite } from './public-site.ts';

let site: PublicSite;
let browser: Browser;

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
const printed = [
  '"FileName","FileVersion","Signer"',
  '"sndbus.sys","9.21.0.4000","Larkspur Semiconductor"',
  '"acpi.sys","10.0.26100.1","Microsoft Windows"',
].join('\r\n');

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${site.origin}/affected?product=guard-rules`);
  return page;
}

async function describeMachine(page: Page): Promise<void> {
  await page.getByLabel('Version of Guard rules').fill('51.20310612.4');
  await page.getByLabel('Version of Guard agent for Windows beside it').fill('6.4');
  await page.getByLabel('Platform').fill('windows');
  await page.getByLabel('Build of the operating system').fill('10.0.22631.1');
  await page.getByLabel('Processor architecture').fill('amd64');
  await page.getByLabel('Setting kernel inspection').fill('on');
  await page
    .getByRole('group', { name: /^Was it online/ })
    .getByLabel('Yes')
    .check();
}

const ask = async (page: Page) => {
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  return page.locator('#answer').innerText();
};

describe.skipIf(!hasBrowser)(inBrowser, () => {
  beforeAll(async () => {
    [site, browser] = await Promise.all([publicSite(), launchChromium()]);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.each([
    ['a desk', 'light', { viewport: { width: 1280, height: 844 } }],
    ['a phone', 'dark', phone],
  ] as const)(
    'pasted on %s in %s, it is answered with evidence and what is missing',
    async (_, colorScheme, options) => {
      const page = await open({ ...options, colorScheme });
      await describeMachine(page);
      await page.getByLabel('List of drivers, pasted').fill(printed);
      // One condition is in words, which nobody can say in a field.
      expect(await ask(page)).toContain('cannot be told yet');
      expect(await page.locator('.drivers').innerText()).toContain('sndbus.sys');
      expect(await page.getByText('What would tell').first().isVisible()).toBe(true);
      // What was said stands there to be corrected.
      expect(await page.getByLabel('Version of Guard rules').inputValue()).toBe('51.20310612.4');
      expect(await page.getByLabel('List of drivers, pasted').inputValue()).toContain('sndbus.sys');
      expect(await overflowOf(page)).toBe(0);
      expect(await faultsOf(page)).toEqual([]);
      const width = page.viewportSize()?.width;
      const path = outputFile(`affected-answer-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      await page.context().close();
    },
  );

  test('without scripts, a file in any encoding is read, and what was not understood is shown', async () => {
    const page = await open({ ...phone, javaScriptEnabled: false });
    await page.getByLabel('Version of Guard rules').fill('50.1');
    const text = `\ufeff${printed}\r\n"what is this`;
    await page.getByLabel(/^Or a file/).setInputFiles({
      name: 'drivers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text, 'utf16le'),
    });
    await ask(page);
    expect(await page.locator('.drivers').innerText()).toContain('sndbus.sys');
    expect(await page.locator('.unread').innerText()).toContain('Line 4');
    await page.context().close();
  });

  test('a version outside every range is not affected', async () => {
    const page = await open();
    await page.getByLabel('Version of Guard rules').fill('50.1');
    await page
      .getByLabel('List of drivers, pasted')
      .fill('"FileName","FileVersion"\n"acpi.sys","10.0.26100.1"');
    await ask(page);
    expect(await page.locator('.concern').first().innerText()).toContain('Not affected');
    await page.context().close();
  });

  test('pasted, sent and read by keyboard alone', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(printed)})`);
    await page.getByLabel('Version of Guard rules').focus();
    await page.keyboard.type('51.20310612.4');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+V');
    const button = page.getByRole('button', { name: 'Ask', exact: true });
    const isThere = () => button.evaluate((element) => element.matches(':focus'));
    for (let steps = 0; steps < 40 && !(await isThere()); steps += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.locator('#answer').waitFor();
    expect(await page.locator('.asked').innerText()).toContain(
      'version 51.20310612.4, with the list that was pasted: 2 drivers read',
    );
    expect(await page.locator('.drivers').innerText()).toContain('sndbus.sys');
    await page.context().close();
  });

  test('without scripts, a click takes the whole command, and it is pasted as it is', async () => {
    const page = await open({ ...phone, javaScriptEnabled: false });
    const command = page.locator('.command code').first();
    await command.click();
    await page.keyboard.press('Control+C');
    await page.getByLabel('List of drivers, pasted').focus();
    await page.keyboard.press('Control+V');
    const pasted = await page.getByLabel('List of drivers, pasted').inputValue();
    expect(pasted.trim()).toBe((await command.textContent())?.trim());
    expect(pasted).toMatch(/ \| Set-Clipboard$/);
    expect(await page.getByRole('button', { name: 'Copy the command' }).count()).toBe(0);
    // The product runs on Windows alone.
    expect(await page.locator('details[open] > summary').allInnerTexts()).toEqual(['Windows']);
    await page.context().close();
  });

  test('where scripts run, a button copies the command and says so', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy the command' }).first().press('Enter');
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(await page.locator('.command code').first().textContent());
    await page.context().close();
  });

  test.each([
    ['anywhere on the page', true, 'h1'],
    ['without scripts, on the field', false, '#file'],
  ])('a file that is dropped %s is read, and named in the answer', async (_, scripts, target) => {
    const page = await open({ javaScriptEnabled: scripts });
    await page.getByLabel('Version of Guard rules').fill('50.1');
    await drop(page, page.locator(target), await fileOnDisk('collected.csv', printed));
    await ask(page);
    expect(await page.locator('.asked').innerText()).toContain(
      'with the file collected.csv: 2 drivers read',
    );
    await page.context().close();
  });

  test('what cannot be read is told on the page, with what was filled in', async () => {
    const page = await open();
    await page.getByLabel('Version of Guard rules').fill('50.1');
    const endless = Buffer.alloc(600_000, '\n');
    const file = { name: 'endless.txt', mimeType: 'text/plain', buffer: endless };
    await page.getByLabel(/^Or a file/).setInputFiles(file);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    expect(await page.getByRole('alert').innerText()).toContain('lines');
    expect(await page.getByLabel('Version of Guard rules').inputValue()).toBe('50.1');
    await page.context().close();
  });
});

async function fileOnDisk(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-drop-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

/** As the system hands it to the browser, not as a script would say that it had. */
async function drop(page: Page, onto: Locator, file: string): Promise<void> {
  await onto.scrollIntoViewIfNeeded();
  const box = await onto.boundingBox();
  if (box === null) throw new Error('There is nothing to drop a file onto.');
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: [file], dragOperationsMask: 1 },
    });
  }
}
