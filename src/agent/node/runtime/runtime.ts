// What this Node can do, found without loading modules.

/** Node's major version, such as 22. */
export function majorVersion(): number {
  return Number.parseInt(process.versions.node, 10);
}

/** Whether an inspector session can be opened here: it is built in, and the permission model allows it. */
export function hasInspector(): boolean {
  return isBuiltin('inspector') && permitted('inspector');
}

/** Whether malloc_trim(3) can be reached: node:ffi is there (26 and later), on Linux, and permitted. */
export function hasTrim(): boolean {
  return process.platform === 'linux' && isBuiltin('node:ffi') && permitted('ffi');
}

function isBuiltin(name: string): boolean {
  const nodeModule = require('node:module') as typeof import('node:module');
  // Node 16 has no isBuiltin, and none of the modules that exist only with the prefix node:.
  if (nodeModule.isBuiltin === undefined) return nodeModule.builtinModules.includes(name);
  return nodeModule.isBuiltin(name);
}

/** process.permission exists only in programs run with --permission. */
function permitted(scope: string): boolean {
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  if (permission === undefined) return true;
  try {
    return permission.has(scope);
  } catch {
    return false;
  }
}
