export * from './project-queries.js';
export * from './project.errors.js';
export * from './project.js';
export * from './task-stage.js';
