/**
 * `npm run bench`: how fast Portico is beside a server that does nothing but the work itself, on this machine, on the
 * same database, in one run. See docs/operations/performance.md.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/built.mjs';
import { FEWEST_INVOICES, INVOICE_LISTS, measureUpserts, openBackOffice, prepareInvoiceList } from './back-office.mjs';
import { CASES, measureTree, prepareCase } from './cases.mjs';
import { compare } from './compare.mjs';
import { measureFsck } from './fsck.mjs';
import { prepareDashboard } from './portal.mjs';
import { measurePublishing, startMailbox } from './publishing.mjs';
import { report } from './report.mjs';
import { EACH_CLIENT, measureResults } from './results.mjs';
import { Stage } from './stage.mjs';
import { measureUploads } from './uploads.mjs';

const BACK_OFFICE = [...Object.keys(INVOICE_LISTS), 'upsert'];
const NAMES = [...Object.keys(CASES), 'tree', 'publish', ...BACK_OFFICE, 'dashboard', 'results', 'uploads', 'fsck'];
const USAGE = `Usage: npm run bench -- [--files N] [--invoices N] [--figures N] [--blobs N] [--seconds S] [--rounds R] [--only ${NAMES.join(',')}] [--profile DIR]

  --files N      files in the list (default 1000000)
  --invoices N   invoices of the firm (default 1000000)
  --figures N    figures of clients in the results (default 5000000)
  --blobs N      blobs that are compared with their rows (default 200000)
  --seconds S    how long one measurement takes (default 1.5)
  --rounds R     measurements of each server for each figure; the median counts (default 5)
  --only A,B     only these cases
  --profile DIR  write a CPU profile of Portico there
`;

/** The command line. @throws Error that says what is wrong with it */
function options() {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '1000000' },
      invoices: { type: 'string', default: '1000000' },
      figures: { type: 'string', default: '5000000' },
      blobs: { type: 'string', default: '200000' },
      seconds: { type: 'string', default: '1.5' },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', default: NAMES.join(',') },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const number = (name, least) => {
    const value = Number(values[name]);
    if (!(value >= least)) throw new Error(`--${name} must be a number of at least ${least}, not "${values[name]}"`);
    return value;
  };
  const only = values.only.split(',');
  const unknown = only.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`There is no case "${unknown}"; there are ${NAMES.join(', ')}`);
  return {
    help: values.help,
    files: Math.floor(number('files', 1000)),
    invoices: Math.floor(number('invoices', FEWEST_INVOICES)),
    figures: Math.floor(number('figures', 2 * EACH_CLIENT)),
    blobs: Math.floor(number('blobs', 1)),
    seconds: number('seconds', 0.5),
    rounds: Math.floor(number('rounds', 1)),
    only,
    profile: values.profile,
  };
}

const begun = performance.now();

function progress(text) {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${seconds} s  ${text}\n`);
}

/** Measures everything that was asked for. */
async function bench(asked) {
  const stage = new Stage(progress);
  const interrupt = async (signal) => {
    progress(`${signal}: cleaning up`);
    await stage.clear();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupt);
  try {
    const mailbox = asked.only.includes('publish') ? await startMailbox() : null;
    await stage.set({ files: asked.files, profile: asked.profile, mailbox });
    const figures = [];
    for (const name of asked.only.filter((one) => one in CASES))
      figures.push(await compare(await prepareCase(name, stage, asked.files), stage, asked, progress));
    const tree = asked.only.includes('tree') ? await measureTree({ stage, files: asked.files }, asked.rounds) : [];
    const published = mailbox ? await measurePublishing({ stage, mailbox, files: asked.files }, asked.rounds) : [];
    const upserted = await benchBackOffice(stage, asked, figures);
    if (asked.only.includes('dashboard'))
      figures.push(await compare(await prepareDashboard(stage, progress), stage, asked, progress));
    const results = asked.only.includes('results') ? await measureResults(stage, asked.figures, progress) : [];
    const uploads = asked.only.includes('uploads') ? await measureUploads(stage, progress) : '';
    const checked = asked.only.includes('fsck') ? await measureFsck(stage, asked.blobs, progress) : [];
    const timed = [...tree, ...published, ...upserted, ...results, ...checked];
    process.stdout.write(report(figures, timed, asked) + uploads);
  } finally {
    await stage.clear();
  }
}

/** Adds the figures of the Back Office to `figures`, and answers what is timed. */
async function benchBackOffice(stage, asked, figures) {
  const wanted = asked.only.filter((name) => BACK_OFFICE.includes(name));
  if (wanted.length === 0) return [];
  const office = await openBackOffice(stage, asked.invoices, progress);
  for (const name of wanted.filter((one) => one in INVOICE_LISTS))
    figures.push(await compare(await prepareInvoiceList(name, office), stage, asked, progress));
  return wanted.includes('upsert') ? measureUpserts(office, asked.rounds) : [];
}

let asked;
try {
  asked = options();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
if (asked.help) {
  process.stdout.write(USAGE);
} else {
  ensureBuilt();
  await bench(asked);
}
