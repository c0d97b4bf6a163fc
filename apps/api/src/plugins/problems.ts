import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { App } from '../app.ts';
import { PROBLEM_TYPE, ProblemError, problemOf, type ProblemParameter } from '../problem-error.ts';

/** Every error is answered as RFC 9457 problem+json. What nobody foresaw is logged, and the caller learns nothing of it. */
export function answerProblems(app: App): void {
  app.setErrorHandler(sendProblemOf);
}

/** Sends the problem that an error means. */
export function sendProblemOf(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemErrorOf(error);
  if (problem.status >= 500 && !(error instanceof ProblemError)) {
    request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'a request failed');
  }
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(problem.status, problem.message, problem.errors)));
}

function problemErrorOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  const status = statusOf(error);
  if (status === null || status >= 500) {
    return new ProblemError(status ?? 500, 'The server failed over this request. Its log says why.');
  }
  return new ProblemError(status, DETAILS[status] ?? (error instanceof Error ? error.message : 'Bad request.'));
}

const DETAILS: Readonly<Record<number, string>> = {
  413: 'The body is too large: at most 16 kB.',
  415: 'A body must be JSON, sent as content-type application/json.',
};

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : null;
}

const PLACES: Readonly<Record<string, ProblemParameter['in']>> = {
  querystring: 'query',
  params: 'path',
  headers: 'header',
  body: 'body',
};

function invalidRequest({ validation, validationContext }: Pick<FastifyError, 'validation' | 'validationContext'>) {
  const place = PLACES[validationContext ?? ''] ?? 'query';
  const errors = (validation ?? []).flatMap((issue) => parametersOf(place, issue));
  const names = errors.map(({ name }) => name || `the ${place}`).join(', ');
  return new ProblemError(400, `The request is not valid: ${names}.`, { errors });
}

type Issue = NonNullable<FastifyError['validation']>[number];

/** One entry for each bad parameter; zod tells unknown ones as a single issue of the whole. */
function parametersOf(place: ProblemParameter['in'], issue: Issue): readonly ProblemParameter[] {
  const keys = issue.keyword === 'unrecognized_keys' ? issue.params['keys'] : null;
  if (Array.isArray(keys)) {
    return keys.map((key) => ({ in: place, name: String(key), message: 'is not known here' }));
  }
  const name = issue.instancePath.slice(1).replaceAll('/', '.');
  return [{ in: place, name, message: issue.message ?? 'is not valid' }];
}
