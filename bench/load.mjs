import { once } from 'node:events';
import { Agent, request } from 'node:http';
import autocannon from 'autocannon';

/**
 * Calls `url` over `connections` connections for `seconds` seconds with autocannon. Answers what came back in a second,
 * and the milliseconds that one answer took. @throws Error when an answer is not a success
 */
export async function manyCalls({ url, connections, seconds, requests }) {
  const result = await autocannon({ url, connections, duration: seconds, timeout: 60, requests });
  const { errors, timeouts, non2xx, statusCodeStats } = result;
  if (errors + timeouts + non2xx > 0 || result['2xx'] === 0)
    throw new Error(`${url} answered ${JSON.stringify(statusCodeStats)}, with ${errors} errors`);
  const rate = result['2xx'] / result.duration;
  return { rate, ms: (1000 * connections) / rate }; // autocannon's own latencies are whole milliseconds
}

/**
 * The same for bodies of many MiB: a fixed number of calls with Node's own client, because autocannon takes in about
 * 70 MB in a second, which would be what is measured.
 */
export async function largeCalls({ url, connections, seconds, requests: [call] }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const each = Math.max(1, Math.ceil((seconds * 16) / connections));
  const caller = async () => {
    for (let done = 0; done < each; done++) await largeCall(url + call.path, call, agent);
  };
  const begun = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, caller));
  } finally {
    agent.destroy();
  }
  const taken = performance.now() - begun;
  return { rate: (1000 * connections * each) / taken, ms: taken / each };
}

async function largeCall(url, { method, headers, body = Buffer.alloc(0) }, agent) {
  const length = body.length > 0 ? { 'content-length': body.length } : {};
  const outgoing = request(url, { method, agent, headers: { ...headers, ...length } });
  outgoing.end(body);
  const [response] = await once(outgoing, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode >= 300) throw new Error(`${url} answered ${response.statusCode}`);
}
