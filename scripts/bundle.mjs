// Makes an app the program that is run and shipped: its sources, our packages and most of what they use, in the few
// files of its `dist`. Node loads every file of a program on its own; there would be some 600 of them, and each start
// of a command would cost a second. Part of `pnpm build`, run in the folder of the app.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const APP = process.cwd();
const OUTPUT = join(APP, 'dist');

/** Not taken in: what looks for files of its own beside it, or hands them to threads; found where the app names it. */
const { dependencies } = JSON.parse(readFileSync(join(APP, 'package.json'), 'utf8'));
const LEFT_OUTSIDE = Object.keys(dependencies).filter((name) => /^(@fastify\/.+|fastify|pino)$/.test(name));

/** Native. Not every app names it, so it is found where the package that does finds it. */
const SQLITE = join(APP, '../../packages/db/node_modules/better-sqlite3/lib/index.js');

/** A module goes on seeing the place of its own source, from which it finds what lies beside it, such as migrations. */
const ownPlace = {
  name: 'own-place',
  transform: {
    filter: { code: /import\.meta\.(url|dirname)/ },
    handler(code, id) {
      const source = relative(OUTPUT, id);
      const url = `new URL(${JSON.stringify(source)}, import.meta.url).href`;
      const folder = `(import.meta.dirname + ${JSON.stringify(`/${dirname(source)}`)})`;
      // The lines stay where they are, and so does what a map says of them.
      return { code: code.replaceAll('import.meta.url', url).replaceAll('import.meta.dirname', folder), map: null };
    },
  },
};

const nativeSqlite = {
  name: 'native-sqlite',
  resolveId: { filter: { id: /^better-sqlite3$/ }, handler: () => ({ id: SQLITE, external: 'relative' }) },
};

const bundle = await rolldown({
  cwd: APP,
  input: { main: 'src/main.ts' },
  platform: 'node',
  external: LEFT_OUTSIDE,
  resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
  // What the compiler is told in tsconfig.base.json.
  transform: { target: 'es2023' },
  plugins: [ownPlace, nativeSqlite],
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
});
const { output } = await bundle.generate({
  dir: OUTPUT,
  format: 'esm',
  // In one folder, as a place is told from there.
  chunkFileNames: '[name].js',
  sourcemap: true,
  // A class says its name in errors and logs, also when another has the same.
  keepNames: true,
});
await bundle.close();
write(new Map(output.map((file) => [file.fileName, file.code ?? file.source])));

/** Whoever is starting the program meanwhile reads a whole file, and files that stay the same are left alone. */
function write(files) {
  mkdirSync(OUTPUT, { recursive: true });
  for (const [name, text] of files) {
    const file = join(OUTPUT, name);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
  for (const name of readdirSync(OUTPUT)) {
    if (!files.has(name)) rmSync(join(OUTPUT, name), { recursive: true });
  }
}
