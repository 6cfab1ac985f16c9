import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from '../support/chromium.js';
import { CodeFlow } from '../support/code-flow.js';
import { Operator, type Person } from '../support/operator.js';
import type { Portico } from '../support/portico.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(60_000);

const executable = chromiumPath;
if (executable === undefined)
  describe('The pages of sign-in and consent', () => {
    it('are not looked at in a browser, for there is no Chromium here', () => {
      console.warn('SKIPPED: the pages of sign-in were not seen in a browser. Install Chromium or set CHROMIUM_PATH.');
    });
  });
else
  describe('The pages of sign-in and consent, in a browser', () => {
    const complaints: string[] = [];
    let server: Portico;
    let application: Server;
    let browser: Browser;
    let ann: Person;
    let flow: CodeFlow;

    beforeAll(async () => {
      server = await SharedPortico.start();
      application = createServer((_request, response) => response.end('The application goes on.'));
      await once(application.listen(0, '127.0.0.1'), 'listening');
      const redirectUri = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
      const operator = new Operator(server);
      ann = await operator.person({ permissions: ['files_view'] });
      const options = { scopes: ['FILES'], redirectUris: [redirectUri], name: 'The CRM' };
      flow = await CodeFlow.of(server.url, await operator.clientForPeople(ann.email, options), redirectUri);
      browser = await launchChromium(executable);
    });
    afterAll(async () => {
      await browser.close();
      application.close();
      await server.dispose();
    });

    it('lead a person to the application, with a code that is good', async () => {
      const page = await browser.newPage({ locale: 'de-DE', javaScriptEnabled: false });
      page.on('console', (message) => complaints.push(message.text()));
      const question = await flow.ask('FILES');
      await page.goto(question.url.href);
      expect(await page.title()).toBe('Anmelden');
      await page.getByLabel('E-Mail').fill(ann.email);
      await page.locator('input[type=password]').fill(ann.password);
      await page.locator('form[action$="/sign-in"] button').click();
      await page.locator('form[action$="/consent"] button').click();
      await page.getByText('The application goes on.').waitFor();
      const tokens = await flow.redeem(question, new URL(page.url()));
      expect(tokens.scope?.split(' ')).toContain('FILES');
      expect(complaints).toEqual([]); // no policy of the pages has stopped anything
    });
  });
