export { pdfSaying } from '../../src/cli/demo/sample-pdf.js';
