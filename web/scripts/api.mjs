/** Writes src/api/schema.gen.ts from the OpenAPI description that the desks themselves print. Run from web/. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const python = process.env.PRAHARI_PYTHON ?? (existsSync('../.venv/bin/python') ? '../.venv/bin/python' : 'python3');
const manage = ['-m', 'prahari.desks.manage', 'export_openapi_schema', '--api', 'prahari.desks.api.api'];
const answer = spawnSync(python, manage, {
  encoding: 'utf8',
  maxBuffer: 64_000_000,
  env: { ...process.env, PYTHONPATH: '../src' },
});
if (answer.status !== 0) {
  console.error(answer.stderr || String(answer.error));
  process.exit(1);
}
const head = '/** Made by `npm run api` from the API itself. Do not edit. */\n';
writeFileSync('src/api/schema.gen.ts', head + astToString(await openapiTS(JSON.parse(answer.stdout))));
