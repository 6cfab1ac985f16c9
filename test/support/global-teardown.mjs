import { once } from 'node:events';
import { rm } from 'node:fs/promises';

/** After all suites. */
export default async function removeSuites() {
  const { home, children } = globalThis.porticoSuites ?? {};
  if (!home) return;
  for (const child of children.splice(0).reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  await rm(home, { recursive: true, force: true });
}
