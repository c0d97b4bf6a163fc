import { describe, expect, it } from 'vitest';
import { NumberText, parseJsonNumbersAsText, renderJson } from './schwab-json.ts';

describe('renderJson', () => {
  it('writes numbers digit for digit', () => {
    const price = new NumberText('10.0');
    const id = new NumberText('9007199254740993');
    expect(renderJson({ price, id })).toBe('{"price":10.0,"id":9007199254740993}');
  });

  it('leaves out undefined fields and escapes text', () => {
    expect(renderJson({ a: undefined, b: ['"quoted"', true] })).toBe('{"b":["\\"quoted\\"",true]}');
  });
});

describe('parseJsonNumbersAsText', () => {
  it('keeps the digits of every number and the numbers inside strings', () => {
    const text = '{"price":213.4100,"ids":[9007199254740993,-1.5e3],"note":"\\"7\\" at 22.7299","ok":true}';
    expect(parseJsonNumbersAsText(text)).toEqual({
      price: '213.4100',
      ids: ['9007199254740993', '-1.5e3'],
      note: '"7" at 22.7299',
      ok: true,
    });
  });

  it.each(['', '{', '{"a":01}', '[1 2]'])('refuses %j', (text) => {
    expect(() => parseJsonNumbersAsText(text)).toThrow(SyntaxError);
  });
});
