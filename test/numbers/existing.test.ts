import { resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { existing } from '../../src/numbers/existing.ts';

it('a value at an index is given as it is, whatever the array', () => {
  expect(existing(Buffer.from([1, 255])[1])).toBe(255);
  expect(existing(Float64Array.of(0.1, -0.2)[1])).toBe(-0.2);
  expect(existing(Uint32Array.of(2 ** 32 - 1)[0])).toBe(2 ** 32 - 1);
  expect(existing([1, 2, 3][2])).toBe(3);
  expect(existing(['first', 'last'].at(-1))).toBe('last');
});

it('the build puts the read itself in place of the call, which costs nothing then', async () => {
  const folder = resolve(import.meta.dirname, '../../src/numbers');
  const contents = "import { existing } from './existing.ts'; console.log(existing(process.argv[2]));";
  const options = { bundle: true, minify: true, write: false, format: 'esm', logLevel: 'silent' } as const;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: folder, loader: 'ts' }, ...options });
  expect(outputFiles[0]?.text).toBe('console.log(process.argv[2]);\n');
});
