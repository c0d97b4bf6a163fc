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
      'Body buffer overflow (x)',
    ],
    ['a gateway that gives a code only', '{"fault":{"detail":{"errorcode":"steps.quota"}}}', '(steps.quota)'],
    [
      'what the fault lies with',
      '{"errors":[{"title":"Bad Request","detail":"Missing header","source":{"header":"Authorization"}},{"title":"Bad Request","detail":"too few","source":{"pointer":["/data/symbols","/data/cusips"],"parameter":"fields"}}]}',
      'Bad Request: Missing header (header Authorization); Bad Request: too few (parameter fields, /data/symbols, /data/cusips)',
    ],
    ['an error with nothing but a status, a number', '{"errors":[{"id":"1","status":503}]}', 'status 503'],
    ['an error with nothing but a status, a string', '{"errors":[{"id":"1","status":"404"}]}', 'status 404'],
    ['one error where a list belongs', '{"errors":"no such account"}', 'no such account'],
    ['errors without a body around them', '[{"title":"Not Found"},"gone"]', 'Not Found; gone'],
    ['plain text', 'upstream connect error\n', 'upstream connect error'],
    ['a page without a title', '<!DOCTYPE html><html><body>x</body></html>', 'a page without a title'],
    ['a page by its heading', '<html><h1 class="x">Access Denied</h1></html>', 'page titled "Access Denied"'],
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
    '   ',
    '{"message":"cut o',
    '["cut o',
    '\u0000\u0001 binary \uFFFD\u0002',
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
