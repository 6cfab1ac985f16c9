export * from './destination.js';
export * from './file-path.js';
export * from './folder-tree.js';
export * from './folder.errors.js';
