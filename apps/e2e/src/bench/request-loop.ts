/**
 * Requests one after another on each of several connections, each answer read to its end.
 *
 * The API limits the requests of each address. That limit stays as it is: each connection comes from a loopback
 * address of its own, as so many clients would, and stays below it.
 */
import { Agent, get } from 'node:http';

/** Of one address in a minute; the API refuses from 3,000 on. */
const MOST_PER_ADDRESS = 2_900;

export interface RequestLoop {
  readonly url: string;
  readonly connections: number;
  readonly durationMs: number;
  /** Loopback addresses that made no request lately. */
  readonly nextAddress: () => string;
}

/** @returns how long each request took, ms. @throws {Error} when an answer is not 200 */
export async function requestLoop({ url, connections, durationMs, nextAddress }: RequestLoop): Promise<number[]> {
  const until = performance.now() + durationMs;
  const loops = Array.from({ length: connections }, () => oneConnection(url, nextAddress(), until));
  return (await Promise.all(loops)).flat();
}

/** 127.1.0.1, 127.1.0.2 and so on: every address of 127.0.0.0/8 is this machine. */
export function loopbackAddresses(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `127.1.${Math.floor(last / 250)}.${(last % 250) + 1}`;
  };
}

async function oneConnection(url: string, localAddress: string, until: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress });
  const times: number[] = [];
  try {
    while (performance.now() < until && times.length < MOST_PER_ADDRESS) {
      const start = performance.now();
      await getToEnd(url, agent);
      times.push(performance.now() - start);
    }
    return times;
  } finally {
    agent.destroy();
  }
}

function getToEnd(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.on('error', reject).on('end', resolve).resume();
    });
    request.on('error', reject);
  });
}
