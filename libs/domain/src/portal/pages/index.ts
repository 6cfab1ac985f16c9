export * from './page.errors.js';
export * from './portal-page-queries.js';
