export * from './document-filing.js';
export * from './document.errors.js';
export * from './inboxes.js';
export * from './receive-document.js';
