export * from './approve-budget.js';
export * from './budget-approvals.js';
export * from './budget.errors.js';
export * from './portal-budget-queries.js';
export * from './portal-budget.js';
