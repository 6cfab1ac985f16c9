import 'reflect-metadata';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { run } from '../../dist/src/cli/program.js';

// The operator's command line in one process: a line of JSON with the arguments is a command, and a line answers it.
// With an argument, on a socket of that path, for many at once; else on its own standard input.
const write = process.stdout.write.bind(process.stdout);

async function answer(line) {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    process[name].write = (text) => {
      said[name] += String(text);
      return true;
    };
  const code = await run(JSON.parse(line));
  return `${JSON.stringify({ code, ...said })}\n`;
}

// one after the other, because what a command says is caught for the whole process
let last = Promise.resolve();
const serve = (input, send) =>
  createInterface({ input }).on('line', (line) => {
    last = last.then(async () => send(await answer(line)));
  });

const [socket] = process.argv.slice(2);
if (socket === undefined) serve(process.stdin, write);
else
  createServer((connection) => serve(connection, (text) => connection.write(text))).listen(socket, () =>
    write('listening\n'),
  );
