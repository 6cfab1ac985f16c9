export * from './portal-announcement-queries.js';
