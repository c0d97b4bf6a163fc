import { describe, expect, it } from 'vitest';

import { readErrorBody } from './error-body.ts';

describe('readErrorBody', () => {
  it.each([
    ['the usual message', '{"message":"Invalid account number"}', 'Invalid account number'],
    ['the documented shape', '{"message":"Refused","errors":["no leg","no price"]}', 'Refused; no leg; no price'],
    [
      'titles and details',
      '{"errors":[{"id":"1","status":401,"title":"Unauthorized","detail":"Client not authorized"},{"status":"404","title":"Not Found"}]}',
      'Unauthorized: Client not authorized; Not Found',
    ],
    [
      'the gateway',
      '{"fault":{"faultstring":"Body buffer overflow","detail":{"errorcode":"x"}}}',
      'Body buffer overflow',
    ],
    ['OAuth', '{"error":"invalid_client","error_description":"no such app"}', 'invalid_client; no such app'],
    ['a page of the edge', '<html><head><TITLE>Access Denied</TITLE></head></html>', 'page titled "Access Denied"'],
    ['a bare string', '"try later"', 'try later'],
    ['the same words twice', '{"message":"no","errors":["no"]}', 'no'],
  ])('reads %s', (_what, body, words) => {
    expect(readErrorBody(body)).toBe(words);
  });

  it.each([
    '',
    '[]',
    'null',
    '{}',
    '{"message":5}',
    '{"errors":{}}',
    '{"errors":[null,[],{}]}',
    '{"fault":7}',
    'plain',
  ])('finds no words in %j', (body) => {
    expect(readErrorBody(body)).toBe(body === '{"message":5}' ? '5' : null);
  });

  it('cuts long words and puts them on one line', () => {
    const words = readErrorBody(JSON.stringify({ message: `first\n${'word '.repeat(100)}` }));
    expect(words).toMatch(/^first word .{280,300}…$/);
  });

  it('masks secrets and account numbers in them', () => {
    expect(readErrorBody('{"message":"bad token canary for 12345678"}', ['canary'])).toBe(
      'bad token [redacted] for …678',
    );
  });
});
