import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ShapeError } from './errors.ts';
import { JsonNumber, jsonDepth, parseJson, readJson, splitJsonArray, toPlain, writeJson } from './lossless.ts';

/** What `JSON.stringify` writes is what must come back; -0 is the one number it does not write as it is. */
const jsonText = fc.json().map((text) => JSON.stringify(JSON.parse(text)));

describe('writeJson(readJson(text))', () => {
  it('gives back any JSON text', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(writeJson(readJson(text).value)).toBe(text);
      }),
    );
  });

  it.each(['9223372036854775807', '10.0', '0.10', '1E-7', '-0', '123456789012345678901234567890.123'])(
    'keeps the number %s as it was written',
    (number) => {
      expect(writeJson(readJson(`{ "n" : ${number} }`).value)).toBe(`{"n":${number}}`);
    },
  );

  it('keeps a member called __proto__ as any other', () => {
    expect(writeJson(readJson('{"__proto__":{"x":1}}').value)).toBe('{"__proto__":{"x":1}}');
  });

  it('does not mistake an object for one of its own numbers', () => {
    const text = '{"source":"7","isLosslessNumber":true,"toString":"boo"}';
    expect(writeJson(readJson(text).value)).toBe(text);
  });
});

describe('readJson', () => {
  it.each(['', '{', '[1,]', '{"a":1}}', 'NaN', "{'a':1}", '{"accountNumber": 87650123.}'])('refuses %j', (text) => {
    expect(() => readJson(text)).toThrow(ShapeError);
  });

  it('does not quote the text it refuses, for it may be an account number', () => {
    expect(() => readJson('{"accountNumber": 87650123.}')).toThrow(/^not JSON \(at character \d+\)$/);
  });

  it('says when a key is named twice with different values', () => {
    expect(readJson('{"a":1,"a":2}').hasDuplicateKey).toBe(true);
    expect(readJson('{"a":1,"a":1}').hasDuplicateKey).toBe(false);
  });
});

describe('parseJson', () => {
  it('survives a document nested a million deep', () => {
    expect(() => parseJson('['.repeat(1_000_000) + ']'.repeat(1_000_000))).toThrow('nested deeper than 64 levels');
  });

  it('refuses a key named twice, since nobody can say which value is meant', () => {
    expect(() => parseJson('{"price":1,"price":2}')).toThrow('one key twice');
  });
});

describe('toPlain', () => {
  it('turns numbers into their source text', () => {
    expect(toPlain({ id: new JsonNumber('9223372036854775807'), prices: [new JsonNumber('10.0')] })).toEqual({
      id: '9223372036854775807',
      prices: ['10.0'],
    });
  });

  it('leaves out null members, and keeps null elements', () => {
    expect(toPlain({ closeTime: null, list: [null] })).toEqual({ list: [null] });
  });

  it('lets nobody set a prototype', () => {
    const plain = parseJson('{"__proto__":{"polluted":1},"constructor":"x"}');
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect(plain).toEqual({ constructor: 'x' });
  });
});

describe('splitJsonArray', () => {
  it('cuts any array into the texts of its elements', () => {
    fc.assert(
      fc.property(fc.array(jsonText), (elements) => {
        expect(splitJsonArray(` [ ${elements.join(' ,\n')} ]\n`)?.map((text) => text.trim())).toEqual(elements);
      }),
    );
  });

  it('is not fooled by brackets, commas and escaped quotes inside strings', () => {
    expect(splitJsonArray(String.raw`["],[","\"],{","\\"]`)).toEqual(['"],["', String.raw`"\"],{"`, String.raw`"\\"`]);
  });

  it.each(['', '{}', '[1,2', '[1]]', '[1],[2]', '["', '[1}', '["\\', 'null'])('says that %j is no array', (text) => {
    expect(splitJsonArray(text)).toBeNull();
  });

  it('never takes a truncated array for a whole one', () => {
    fc.assert(
      fc.property(fc.array(jsonText, { minLength: 1 }), fc.nat(), (elements, cut) => {
        const text = `[${elements.join(',')}]`;
        expect(splitJsonArray(text.slice(0, cut % text.length))).toBeNull();
      }),
    );
  });
});

describe('jsonDepth', () => {
  it('counts brackets, not those in strings', () => {
    expect(jsonDepth('[{"a":"[[[["},[[]]]')).toBe(3);
  });
});
