export * from './answers.js';
export * from './goals.js';
export * from './questionnaire-queries.js';
export * from './questionnaires.js';
export * from './submit-questionnaire.js';
