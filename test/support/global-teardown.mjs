import { rm } from 'node:fs/promises';

/** After all suites. */
export default async function removeTemplate() {
  const { PORTICO_TEST_TEMPLATE: template } = process.env;
  if (template) await rm(template, { recursive: true, force: true });
}
