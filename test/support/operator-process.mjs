import 'reflect-metadata';
import { createInterface } from 'node:readline';
import { run } from '../../dist/src/cli/program.js';

// The operator's command line in one process: a line of JSON with the arguments is a command, and a line answers it.
const write = process.stdout.write.bind(process.stdout);
const streams = ['stdout', 'stderr'];
for await (const line of createInterface({ input: process.stdin })) {
  const said = { stdout: '', stderr: '' };
  for (const name of streams)
    process[name].write = (text) => {
      said[name] += String(text);
      return true;
    };
  const code = await run(JSON.parse(line));
  write(`${JSON.stringify({ code, ...said })}\n`);
}
