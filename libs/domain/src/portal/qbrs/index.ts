export * from './qbr-queries.js';
