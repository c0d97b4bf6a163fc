/** Finding secrets wherever they should not be: in what was printed or answered, in files, and in every column. */
import Database from 'better-sqlite3';
import { expect } from 'vitest';

/** Everything that a database holds, by table and column, as text; bytes in hex, base64 and Latin-1. */
export function columnsOf(file: string): Readonly<Record<string, string>> {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const texts: Record<string, string> = {};
    for (const table of tables) {
      for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).iterate()) {
        for (const [column, value] of Object.entries(row)) {
          const place = `${table}.${column}`;
          texts[place] = `${texts[place] ?? ''}${textOf(value)}\n`;
        }
      }
    }
    return texts;
  } finally {
    db.close();
  }
}

function textOf(value: unknown): string {
  if (!Buffer.isBuffer(value)) return String(value);
  return [value.toString('hex'), value.toString('base64'), value.toString('latin1')].join('\n');
}

/** A secret as it may be written: plain, URL-encoded once or twice, in JSON, base64 wherever it begins, in hex. */
function formsOf(secret: string): ReadonlySet<string> {
  const encoded = encodeURIComponent(secret);
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // The first and the last characters depend on what stands beside the secret.
    const core = text.slice(before === 0 ? 0 : before + 1, -1);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const quoted = JSON.stringify(secret).slice(1, -1);
  return new Set([secret, encoded, encodeURIComponent(encoded), quoted, bytes.toString('hex'), ...base64]);
}

/** Which secrets stand where; the secrets are named by their beginning alone. */
export function tracesOf(secrets: readonly string[], places: Readonly<Record<string, string>>): readonly string[] {
  const forms = secrets.map((secret) => ({ name: `${secret.slice(0, 6)}...`, forms: [...formsOf(secret)] }));
  return Object.entries(places).flatMap(([place, text]) =>
    forms.filter((secret) => secret.forms.some((form) => text.includes(form))).map(({ name }) => `${name} in ${place}`),
  );
}

/** Fails when one of the secrets stands in one of the places, in whatever form. */
export function expectNone(secrets: readonly string[], places: Readonly<Record<string, string>>): void {
  expect(tracesOf(secrets, places)).toEqual([]);
}
