export * from './proof-chain.js';
export * from './proof-event.js';
export * from './verify-chain.js';
