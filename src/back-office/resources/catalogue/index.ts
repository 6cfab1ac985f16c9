import type { Resource } from '../declaration/resource.js';
import { CONTENT_RESOURCES } from './content.js';
import { CONTRACT_RESOURCES } from './contracts.js';
import { FINANCE_RESOURCES } from './finance.js';
import { PROJECT_RESOURCES } from './projects.js';
import { RESULT_RESOURCES } from './results.js';
import { SERVICE_LEVEL_RESOURCES } from './service-levels.js';
import { SERVICE_RESOURCES } from './service.js';

/** Every resource that is served by its declaration. */
export const RESOURCES: readonly Resource[] = [
  ...PROJECT_RESOURCES,
  ...FINANCE_RESOURCES,
  ...CONTRACT_RESOURCES,
  ...CONTENT_RESOURCES,
  ...SERVICE_RESOURCES,
  ...SERVICE_LEVEL_RESOURCES,
  ...RESULT_RESOURCES,
];

const BY_NAME = new Map(RESOURCES.map((resource) => [resource.name, resource]));

/** @throws Error when there is none of that name */
export function resourceNamed(name: string): Resource {
  const resource = BY_NAME.get(name);
  if (!resource) throw new Error(`there is no resource "${name}"`);
  return resource;
}
