import swagger, { type SwaggerTransform } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { problem } from '@fill-tracker/contract';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from '../app.ts';
import { DOCUMENTATION_POLICY } from './security-headers.ts';

const DESCRIPTION = `What Charles Schwab orders filled at, exactly, and whether the poller that records it is alive.
Prices and quantities are decimal text and never JSON numbers; times are ISO 8601 UTC. Every error is problem+json.`;

/** Describes the API, as OpenAPI 3.1 at `/openapi.json` and for people at `/docs`. To be called before the routes. */
export async function describeApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Schwab Fill Tracker', version: '0.1.0', description: DESCRIPTION },
    },
    transform: withProblems,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCUMENTATION_POLICY,
    uiConfig: { docExpansion: 'list', validatorUrl: null },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

const PROBLEM = {
  description: 'An error, as RFC 9457 has it.',
  content: { 'application/problem+json': { schema: z.toJSONSchema(problem) } },
};

/** Any operation may answer with a problem; each says so. */
const withProblems: SwaggerTransform = (document) => {
  const { schema, url } = jsonSchemaTransform(document);
  const response = typeof schema.response === 'object' ? schema.response : {};
  return { url, schema: { ...schema, response: { ...response, default: PROBLEM } } };
};
