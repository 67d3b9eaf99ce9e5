// Packs every public package as npm would publish it and has publint and are-the-types-wrong look at the result.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `${root}node_modules/.bin/${name}`;
let failures = 0;

function run(title, command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return console.log(`ok      ${title}`);
  failures++;
  console.log(`FAILED  ${title}\n${stdout}${stderr}`);
}

for (const folder of readdirSync(`${root}packages`)) {
  const cwd = `${root}packages/${folder}`;
  if (!existsSync(`${cwd}/package.json`)) continue;
  const manifest = JSON.parse(readFileSync(`${cwd}/package.json`, 'utf8'));
  if (manifest.private) continue;
  for (const file of ['LICENSE', 'README.md']) {
    if (existsSync(`${cwd}/${file}`)) continue;
    failures++;
    console.log(`FAILED  ${manifest.name}: no ${file}`);
  }
  run(`${manifest.name}: publint`, bin('publint'), ['--strict'], cwd);
  run(
    `${manifest.name}: are the types wrong`,
    bin('attw'),
    ['--pack', '.', '--profile', 'esm-only', '--no-emoji'],
    cwd,
  );
}
process.exit(failures === 0 ? 0 : 1);
