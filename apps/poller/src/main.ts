#!/usr/bin/env node
import { runCommandLine } from './cli/program.ts';

/** Time for what is under way, such as a token refresh that the broker does not answer. */
const LINGER_MS = 2_000;

process.exitCode = await runCommandLine(process.argv);
// The command is done; a call that nobody waits for any more must not keep the process alive for a minute.
setTimeout(() => process.exit(), LINGER_MS).unref();
