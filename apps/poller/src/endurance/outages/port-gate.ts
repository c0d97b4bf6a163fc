import { connect, createServer, type Server, type Socket } from 'node:net';
import type { OwningTest } from '../../testing/world.ts';

/** A port that leads to another while it is open, and refuses connections while it is shut. */
export interface PortGate {
  readonly port: number;
  /** Also ends the connections that are there. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

export async function openPortGate(owner: OwningTest, target: number): Promise<PortGate> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: target });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const shut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.once('close', resolve));
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  owner.onTestFinished(shut);
  const port = await listen(server, 0);
  return {
    port,
    shut,
    open: async () => void (await listen(server, port)),
  };
}

/** Rejects when the port is taken. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the gate has no port'));
    });
  });
}
