export * from './change-associations.js';
