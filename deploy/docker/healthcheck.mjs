// Exit status 0 when a program of ours answers that it is well. Without an address, the poller of this container.
const [address = `http://127.0.0.1:${process.env.POLLER_PORT || 4020}/healthz`] = process.argv.slice(2);
try {
  const answer = await fetch(address, { signal: AbortSignal.timeout(4_000) });
  if (!answer.ok) console.error(`${address} answered ${answer.status}: ${await answer.text()}`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.error(`${address} does not answer: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
