export * from './invoice.errors.js';
export * from './overdue.js';
export * from './portal-invoice-queries.js';
export * from './portal-invoice.js';
