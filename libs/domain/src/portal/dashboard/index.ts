export * from './dashboard-queries.js';
