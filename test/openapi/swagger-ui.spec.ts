import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../support/chromium.js';
import { pdfSaying } from '../support/pdf.js';
import type { Portico } from '../support/portico.js';
import { SharedPortico } from '../support/shared-portico.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const executable = chromiumPath;
if (executable === undefined)
  describe('The Swagger UI at /docs', () => {
    it('is not looked at, for there is no Chromium here', () => {
      console.warn('SKIPPED: the Swagger UI was not seen working. Install Chromium or set CHROMIUM_PATH.');
    });
  });
else
  describe('The Swagger UI at /docs', () => {
    const pdf = pdfSaying('Uploaded in the browser');
    const complaints: string[] = [];
    let folder: string;
    let server: Portico;
    let browser: Browser;
    let page: Page;
    let id: string;

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'portico-browser-'));
      server = await SharedPortico.start();
      browser = await launchChromium(executable);
      page = await browser.newPage();
      page.setDefaultTimeout(20_000);
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
    });
    afterAll(async () => {
      await browser.close();
      await server.dispose();
      await rm(folder, { recursive: true, force: true });
    });

    /** Opens an operation, fills in what it asks for, executes it and answers its part of the page. */
    const tried = async (operationId: string, fill: (operation: Locator) => Promise<void>): Promise<Locator> => {
      const operation = page.locator(`[id$="-${operationId}"]`);
      await operation.locator('.opblock-summary-control').click();
      await operation.locator('.try-out__btn').click();
      await fill(operation);
      await operation.locator('.execute').click();
      await operation.locator('.live-responses-table').waitFor();
      return operation;
    };
    const statusOf = (operation: Locator): Promise<string> =>
      operation.locator('.live-responses-table .response-col_status').last().innerText();

    it('shows every operation of the document', async () => {
      await page.goto(`${server.url}/docs`);
      await page.locator('.opblock').first().waitFor();
      expect(await page.title()).toBe('Portico API');
      expect(await page.locator('.opblock').count()).toBeGreaterThanOrEqual(10);
      expect(await page.locator('.info .title').innerText()).toContain('Portico Files API');
    });

    it('lets a user authorize with key, secret and firm', async () => {
      await page.locator('.auth-wrapper .authorize').click();
      const [key, firm] = ['apiKey', 'firm'].map((name) =>
        page.locator('.auth-container').filter({ has: page.locator('h4 code', { hasText: new RegExp(`^${name}$`) }) }),
      ) as [Locator, Locator];
      await key.locator('input[name=username]').fill(server.credentials.key);
      await key.locator('input[name=password]').fill(server.credentials.secret);
      await key.locator('button[type=submit]').click();
      await firm.locator('input').fill(server.credentials.firmId);
      await firm.locator('button[type=submit]').click();
      await page.locator('.modal-ux-header .close-modal').click();
      expect(await page.locator('.auth-wrapper .authorize.locked').count()).toBe(1);
    });

    it('uploads a real PDF with the form as it stands: 201', async () => {
      const file = path.join(folder, 'Sample.pdf');
      await writeFile(file, pdf);
      const operation = await tried('createFile', async (form) => {
        await form.locator('input[type=file]').setInputFiles(file);
        await until('the form filled with the example', () => form.locator('textarea').first().inputValue());
      });
      const answer = await operation.locator('.live-responses-table .highlight-code code').first().innerText();
      expect(`${await statusOf(operation)} ${answer}`).toMatch(/^201/);
      const { data } = JSON.parse(answer) as { data: { id: string; attributes: { bytes: number; name: string } } };
      expect(data.attributes).toMatchObject({ name: 'Sample.pdf', bytes: pdf.length });
      id = data.id;
    });

    it('lists it with the form as it stands', async () => {
      const operation = await tried('listFiles', async () => undefined);
      expect(await statusOf(operation)).toMatch(/^200/);
      const answer = await operation.locator('.live-responses-table .highlight-code code').first().innerText();
      expect(JSON.parse(answer)).toMatchObject({ data: [{ id }] });
    });

    it('downloads it: 200, the right name and the same bytes', async () => {
      const operation = await tried('downloadFile', (form) => form.locator('tr[data-param-name=id] input').fill(id));
      expect(await statusOf(operation)).toMatch(/^200/);
      const link = operation.locator('.live-responses-table a[download]');
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toBe('Sample.pdf');
      expect(await readFile(await download.path())).toEqual(pdf);
    });

    it('is not hindered by its own content security policy, nor by anything else', () => {
      expect(complaints).toEqual([]);
    });
  });
