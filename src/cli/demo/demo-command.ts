import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { print } from '../output.js';
import type { DemoDocument } from './demo-steps.js';
import { pdfSaying } from './sample-pdf.js';

/** `demo`. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('upload, link, publish, tell, read and prove a document, in a firm that is made for it')
    .option('--file <PDF>', 'the document; without it, a small one is made')
    .action(async ({ file }: { file?: string }, command: Command) => {
      const document = await documentOf(file);
      const isQuiet = command.optsWithGlobals<{ json?: boolean }>().json === true;
      const write = (text: string) => (isQuiet ? undefined : process.stdout.write(`${text}\n`));
      const { demonstrate } = await import('./demonstrate.js'); // the whole server, which no other command needs
      const result = await demonstrate(document, write);
      if (isQuiet) print(command, result);
      if (!result.arrivedUnharmed) throw new Error('the document did not arrive as it was sent');
    });
}

/** @throws Error when the file can't be read */
async function documentOf(file: string | undefined): Promise<DemoDocument> {
  if (file === undefined) return { name: 'Quarterly report.pdf', bytes: pdfSaying('Quarterly report'), from: null };
  return { name: path.basename(file), from: file, bytes: await readFile(file) };
}
