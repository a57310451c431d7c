// What NODE_OPTIONS names: loads the agent next to it where there can be one. Any Node.js, Bun or Deno may come by here, of
// any age: this parses everywhere, and never keeps a program from starting.
'use strict';

(function loadAgent() {
  try {
    const versions = process.versions;
    // Both say that they are some version of Node.js.
    if (versions['bun'] || versions['deno'] || !(parseInt(versions.node, 10) >= 16)) return;
    // memtop itself, started by what memtop runs.
    if (/[\\/]memtop(?:\.js)?$/.test(process.argv[1] || '')) return;
    require('./agent.cjs');
  } catch (_error) {
    // The program must not fail because of it: memtop reports that there is no agent.
  }
})();
