/**
 * Prisma's schema engine as WebAssembly, the only form of it that comes from the package registry. The package is made
 * for bundlers, which link a .wasm file as a module; in Node it is put together by hand.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** Node has it; the types of it belong to the browser's. */
declare const WebAssembly: {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

let linked = false;

/** The engine on one database file. */
export async function openSchemaEngine(file: string): Promise<bindings.SchemaEngine> {
  if (!linked) link();
  linked = true;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: file }));
  return await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

/** Does what the package's own entry does where a bundler provides the instance. */
function link(): void {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const binary = readFileSync(join(entry, '..', 'schema_engine_bg.wasm'));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), {
    './schema_engine_bg.js': { ...bindings },
  });
  callOf(bindings, '__wbg_set_wasm')(exports);
  callOf(exports, '__wbindgen_start')();
}

/** A function that the package's types do not mention. */
function callOf(holder: object, name: string): (...args: unknown[]) => unknown {
  const candidate: unknown = Reflect.get(holder, name);
  if (typeof candidate !== 'function') throw new TypeError(`The schema engine has no ${name}`);
  return (...args) => Reflect.apply(candidate, undefined, args);
}
