import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { largeCalls, manyCalls } from './load.mjs';

const CONNECTIONS = [1, 16];
const SERVERS = ['portico', 'minimal'];
const WARM_UP_SECONDS = 1;

/**
 * Measures one case on both servers by turns, so that what else the machine does hits both alike.
 * @throws Error when an answer is not what it should be
 */
export async function compare(one, stage, { rounds, seconds }, progress) {
  const results = [];
  for (const connections of CONNECTIONS) {
    const taken = { portico: [], minimal: [] };
    for (const server of SERVERS) await measure(one, stage, server, { connections, seconds: WARM_UP_SECONDS });
    for (let round = 0; round < rounds; round++)
      for (const server of round % 2 === 0 ? SERVERS : SERVERS.toReversed())
        taken[server].push(await measure(one, stage, server, { connections, seconds }));
    const ratio = median(taken.portico.map(({ rate }, round) => rate / taken.minimal[round].rate));
    results.push({ connections, ratio, portico: typical(taken.portico), minimal: typical(taken.minimal) });
    progress(`${one.title}, ${connections} connections: ${ratio.toFixed(2)}`);
  }
  return { title: one.title, aim: one.aim, against: one.against, results };
}

/** One run: answers in a second, and milliseconds for an answer. */
async function measure(one, stage, server, { connections, seconds }) {
  const call = one.large ? largeCalls : manyCalls;
  const result = await call({
    url: stage.url[one.against ? 'portico' : server],
    connections,
    seconds,
    requests: one.requests(server),
  });
  if (one.writes) await removeUploads(stage, server);
  return result;
}

/** Keeps the disk from filling up: the rows stay, the bytes of what has just been uploaded go. */
async function removeUploads(stage, server) {
  const root = server === 'portico' ? stage.blobs : stage.minimalBlobs;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile()) await rm(path.join(entry.parentPath, entry.name), { force: true });
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function typical(measurements) {
  return { rate: median(measurements.map(({ rate }) => rate)), ms: median(measurements.map(({ ms }) => ms)) };
}
