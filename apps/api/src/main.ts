#!/usr/bin/env node
import { runCommandLine } from './run-command-line.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

process.exitCode = await runCommandLine(process.argv, stop.signal);
// What is still open by now, such as a connection that a reader does not let go, must not keep the process alive.
setTimeout(() => process.exit(), 1_000).unref();
