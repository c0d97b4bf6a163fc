// What is written for Docker, systemd and the public CI says the same as the rest of the repository. Whether Docker and
// GitHub take it, only they can tell.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALERT_CAUSES } from '../packages/domain/src/index.ts';
import { readDockerfile } from './shipping/read-dockerfile.mjs';
import { ROOT } from './supervisor/surroundings.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const { packageManager, engines } = JSON.parse(read('package.json'));
const DOCKERFILE = readDockerfile(read('Dockerfile'));
const UNITS = readdirSync(join(ROOT, 'deploy/systemd')).filter((name) => name.endsWith('.service'));

const given = (word, stage) =>
  DOCKERFILE.filter((each) => each.word === word && each.stage === stage).map(({ rest }) => rest);

/** The text after `name=`, of every line that has it. */
const settings = (text, name) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${name}=`))
    .map((line) => line.slice(name.length + 1));

describe('one version of pnpm', () => {
  const files = [
    'Dockerfile',
    '.github/workflows/ci.yml',
    '.github/workflows/long.yml',
    'README.md',
    'docs/runbook.md',
  ];

  it.each([...files, 'docs/upgrading.md'])('%s', (file) => {
    const named = read(file).match(/pnpm@[\d.]+\d/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set([packageManager]));
  });
});

describe('Dockerfile', () => {
  it('copies what is there', () => {
    const sources = given('COPY', 'build').flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  it('runs as a user of no rights, in production, with the record on the volume', () => {
    expect(given('USER', 'final')).toEqual(['10001:10001']);
    expect(given('VOLUME', 'final')).toEqual(['/data']);
    expect(given('ENV', 'final').join(' ')).toContain('NODE_ENV=production DATABASE_URL=file:/data/');
  });

  it('starts and checks files that are shipped', () => {
    const [entry] = given('ENTRYPOINT', 'final').map((rest) => JSON.parse(rest));
    const [check] = given('HEALTHCHECK', 'final').map((rest) => JSON.parse(rest.slice(rest.indexOf('['))));
    expect(entry).toEqual(['node', '/app/apps/poller/dist/main.js']);
    expect(existsSync(join(ROOT, check[1].replace('/app/', '')))).toBe(true);
  });

  it('never sees secrets, the record or what is made anew', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', 'data', '.git', '**/node_modules', '**/dist']));
  });
});

describe('compose.yaml', () => {
  const compose = read('compose.yaml');

  it('publishes on this machine alone, and only the API', () => {
    const published = [...compose.matchAll(/^ {6}- (\S+:\d+:\d+)$/gm)].map(([, port]) => port);
    expect(published).toEqual(['127.0.0.1:4000:4000']);
  });

  it('keeps the record on the volume, whatever .env says', () => {
    expect(compose).toMatch(/environment:\n {4}DATABASE_URL: file:\/data\/fills\.db\n/);
    expect(compose).toMatch(/volumes:\n {4}- record:\/data\n/);
  });
});

describe('systemd units', () => {
  it.each(UNITS)('%s runs a program of ours as its own user, with no more rights than it needs', (unit) => {
    const text = read(`deploy/systemd/${unit}`);
    const [start = ''] = settings(text, 'ExecStart');
    const [, script] = /^\/usr\/bin\/node \/opt\/fill-tracker\/current\/(\S+)/.exec(start) ?? [];
    expect(['apps/poller/dist/main.js', 'apps/api/dist/main.js']).toContain(script);
    expect(existsSync(join(ROOT, script.replace('/dist/', '/src/').replace(/js$/, 'ts')))).toBe(true);
    expect(start).toMatch(/ --env \/etc\/fill-tracker\/env$/);
    expect(settings(text, 'User')).toEqual(['fill-tracker']);
    expect(settings(text, 'ProtectSystem')).toEqual(['strict']);
    expect(settings(text, 'NoNewPrivileges')).toEqual(['yes']);
    expect(settings(text, 'CapabilityBoundingSet')).toEqual(['']);
  });

  it('start again what ends, for ever, and wait for a stop', () => {
    for (const unit of ['poller', 'api']) {
      const text = read(`deploy/systemd/fill-tracker-${unit}.service`);
      expect(settings(text, 'Restart')).toEqual(['always']);
      expect(settings(text, 'StartLimitIntervalSec')).toEqual(['0']);
      expect(Number(settings(text, 'TimeoutStopSec')[0])).toBeGreaterThanOrEqual(10);
    }
  });
});

describe('public CI', () => {
  const workflow = read('.github/workflows/ci.yml');

  it('tries every major version of Node that is promised, and may write nothing', () => {
    expect(engines.node).toBe('>=20.19');
    expect(workflow).toMatch(/node: \[20\.19\.\d+, 22, 24\]/);
    expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});

describe('docs/runbook.md', () => {
  const sections = read('docs/runbook.md').split(/^## /m);

  it.each(Object.keys(ALERT_CAUSES))('says of %s what it means, how to check it and what to do', (cause) => {
    const section = sections.find((text) => text.startsWith(`${cause}\n`)) ?? '';
    for (const part of ['**Means.**', '**Check.**', '**Remedy.**']) expect(section).toContain(part);
  });
});
