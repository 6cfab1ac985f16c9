export * from './portal-history-queries.js';
export * from './public-fields.js';
