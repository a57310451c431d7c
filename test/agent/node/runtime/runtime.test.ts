import { expect, it } from 'vitest';
import { hasInspector, hasTrim, majorVersion } from '../../../../src/agent/node/runtime/runtime.ts';

/** What `process.permission` answers in a program run with --permission; taken away again after the test. */
function underPermission<Value>(has: (scope: string) => boolean, read: () => Value): Value {
  const before = Object.getOwnPropertyDescriptor(process, 'permission');
  Object.defineProperty(process, 'permission', { value: { has }, configurable: true });
  try {
    return read();
  } finally {
    delete (process as { permission?: unknown }).permission;
    if (before !== undefined) Object.defineProperty(process, 'permission', before);
  }
}

it('the version is that of this Node', () => {
  expect(process.version).toMatch(new RegExp(`^v${majorVersion()}\\.`));
});

it('an inspector is there unless the permission model denies it, or cannot answer', () => {
  expect(hasInspector()).toBe(true);
  expect(underPermission((scope) => scope === 'inspector', hasInspector)).toBe(true);
  expect(underPermission((scope) => scope !== 'inspector', hasInspector)).toBe(false);
  const unknown = () => {
    throw new Error('unknown scope');
  };
  expect(underPermission(unknown, hasInspector)).toBe(false);
});

it('memory is trimmed only on Linux, by a Node that has node:ffi and permits it', () => {
  expect(hasTrim()).toBe(process.platform === 'linux' && majorVersion() >= 26);
  expect(underPermission((scope) => scope !== 'ffi', hasTrim)).toBe(false);
});
