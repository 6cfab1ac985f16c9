export * from './portal-contract-queries.js';
