import { availableParallelism, loadavg } from 'node:os';
import { TREE_AIM_MS } from './cases.mjs';

/** The figures as a Markdown table: ratios first, since they are what can be compared between machines. */
export function report(figures, timed, { files, seconds, rounds }) {
  const rows = figures.flatMap(({ title, aim, against = 'minimal server', results }) =>
    results.map(({ connections, ratio, portico, minimal }) => [
      title,
      connections,
      ratio.toFixed(2),
      aim.toFixed(2),
      ratio >= aim ? 'yes' : 'no',
      answers(portico),
      `${answers(minimal)} (${against})`,
    ]),
  );
  if (rows.length === 0) return timed.length > 0 ? timedTable(timed) : '';
  const head = ['What', 'Connections', 'Ratio', 'Aim', 'Reached', 'Portico', 'Compared with'];
  return `
Answers in a second, Portico to what it is compared with: the median of ${rounds} rounds of ${seconds} s, ${files} files.
Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} at the end (the bench itself included).

${table([head, ...rows.map((row) => row.map(String))])}
${timed.length > 0 ? timedTable(timed) : ''}`;
}

function timedTable(timed) {
  const rows = timed.map(({ title, ms, statements = [], aim }) => {
    const sorted = ms.toSorted((a, b) => a - b);
    const [median, worst] = [sorted[sorted.length >> 1], sorted.at(-1)];
    const most = statements.length > 0 ? String(Math.max(...statements)) : '';
    const isReached = aim === undefined ? worst < TREE_AIM_MS : median < aim;
    const due = aim === undefined ? `${TREE_AIM_MS} ms, slowest` : `${aim} ms, median`;
    return [title, `${median.toFixed(0)} ms`, `${worst.toFixed(0)} ms`, due, isReached ? 'yes' : 'no', most];
  });
  return `\n${table([['What', 'Median', 'Slowest', 'Aim', 'Reached', 'Statements'], ...rows])}\n`;
}

function answers({ rate, ms }) {
  return `${rate.toFixed(rate < 100 ? 1 : 0)}/s, ${ms.toFixed(1)} ms`;
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}
