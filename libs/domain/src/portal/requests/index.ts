export * from './client-requests.js';
export * from './create-request.js';
export * from './request-queries.js';
export * from './request.errors.js';
export * from './service-level.js';
export * from './working-time.js';
