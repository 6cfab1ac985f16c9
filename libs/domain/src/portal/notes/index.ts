export * from './add-note.js';
export * from './note-board.js';
export * from './note.errors.js';
export * from './portal-note-queries.js';
