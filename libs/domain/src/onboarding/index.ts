export * from './complete-milestones.js';
export * from './onboarding-progress.js';
export * from './onboarding-queries.js';
export * from './onboarding-triggers.js';
export * from './standing.js';
