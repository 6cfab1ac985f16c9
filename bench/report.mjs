import { availableParallelism, loadavg } from 'node:os';

/** The figures as a Markdown table: ratios first, since they are what can be compared between machines. */
export function report(figures, { files, seconds, rounds }) {
  const rows = figures.flatMap(({ title, aim, results }) =>
    results.map(({ connections, ratio, portico, minimal }) => [
      title,
      connections,
      ratio.toFixed(2),
      aim.toFixed(2),
      ratio >= aim ? 'yes' : 'no',
      answers(portico),
      answers(minimal),
    ]),
  );
  const head = ['What', 'Connections', 'Ratio', 'Aim', 'Reached', 'Portico', 'Minimal server'];
  return `
Portico / minimal server, answers in a second: the median of ${rounds} rounds of ${seconds} s, ${files} files.
Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} at the end (the bench itself included).

${table([head, ...rows.map((row) => row.map(String))])}
`;
}

function answers({ rate, ms }) {
  return `${rate.toFixed(rate < 100 ? 1 : 0)}/s, ${ms.toFixed(1)} ms`;
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}
