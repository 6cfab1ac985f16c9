export * from './archive-file.js';
export * from './restore-file.js';
