// Reads a sampling heap profile: which function allocated the bytes?
import type { CallSite } from '../../../model/lines/holders.ts';
import { LEAK_LINES } from '../../protocol/leak-lines.ts';

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  /** 0 for the first. */
  readonly lineNumber: number;
}

export interface ProfileNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly ProfileNode[];
}

/** HeapProfiler.SamplingHeapProfile of the inspector's protocol. */
export interface HeapProfile {
  readonly head: ProfileNode;
  readonly samples: readonly { readonly nodeId: number }[];
}

/** A frame and its callers, the nearest first. */
interface Trail {
  readonly frame: CallFrame;
  readonly above: Trail | undefined;
}

interface Site {
  readonly trail: Trail;
  bytes: number;
  count: number;
  /** Bytes of the stack that is shown: the one with the most. */
  most: number;
}

/**
 * The functions that allocated most of what is left. What a built-in function allocates, or one of Node's own, is its
 * caller's; where there is no caller but Node itself it stays with that.
 *
 * @param own the agent's own file, whose allocations are left out
 */
export function callSitesOf(profile: HeapProfile, own: string): { lines: CallSite[]; bytes: number } {
  const counts = new Map<number, number>();
  for (const { nodeId } of profile.samples) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
  const sites = new Map<string, Site>();
  let bytes = 0;
  for (const { node, trail } of everyNode(profile.head)) {
    if (node.selfSize === 0) continue;
    const owner = ownerOf(trail);
    if (owner === undefined || isOwn(trail, own)) continue;
    bytes += node.selfSize;
    add(sites, owner, node.selfSize, counts.get(node.id) ?? 0);
  }
  const largest = [...sites.values()].sort((a, b) => b.bytes - a.bytes).slice(0, LEAK_LINES.entries);
  return { lines: largest.map(toCallSite), bytes };
}

/** Depth first, without recursion: stacks may be deep. */
function* everyNode(head: ProfileNode): Generator<{ node: ProfileNode; trail: Trail }> {
  const waiting: { node: ProfileNode; trail: Trail }[] = [
    { node: head, trail: { frame: head.callFrame, above: undefined } },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (const node of next.node.children) waiting.push({ node, trail: { frame: node.callFrame, above: next.trail } });
  }
}

function ownerOf(trail: Trail): Trail | undefined {
  let inNode: Trail | undefined;
  for (let step: Trail | undefined = trail; step !== undefined; step = step.above) {
    const { url } = step.frame;
    if (url === '') continue;
    if (!url.startsWith('node:')) return step;
    inNode ??= step;
  }
  return inNode;
}

function isOwn(trail: Trail, own: string): boolean {
  for (let step: Trail | undefined = trail; step !== undefined; step = step.above) {
    if (isAgent(step.frame.url, own)) return true;
  }
  return false;
}

function add(sites: Map<string, Site>, trail: Trail, bytes: number, count: number): void {
  const { url, functionName, lineNumber } = trail.frame;
  const key = `${url}\n${functionName}\n${lineNumber}`;
  const site = sites.get(key);
  if (site === undefined) {
    sites.set(key, { trail, bytes, count, most: bytes });
    return;
  }
  const shown = bytes > site.most ? { trail, most: bytes } : { trail: site.trail, most: site.most };
  sites.set(key, { ...shown, bytes: site.bytes + bytes, count: site.count + count });
}

function toCallSite({ trail, bytes, count }: Site): CallSite {
  const stack: string[] = [];
  for (let step = trail.above; step !== undefined && stack.length < LEAK_LINES.frames; step = step.above) {
    if (step.frame.url === '') continue;
    const { functionName, url, lineNumber } = step.frame;
    stack.push(`${functionNamed(functionName) || '(anonymous)'} (${fileNamed(url)}:${lineNumber + 1})`);
  }
  const { url, functionName, lineNumber } = trail.frame;
  return {
    ...{ file: fileNamed(url), line: lineNumber + 1, function: functionNamed(functionName), bytes: Math.round(bytes) },
    ...{ count, stack },
  };
}

function functionNamed(name: string): string {
  return name.slice(0, LEAK_LINES.name);
}

function fileNamed(url: string): string {
  return pathOf(url).slice(-LEAK_LINES.file);
}

/** Whether a script is the agent's: its file, or what that compiles later. */
export function isAgent(url: string, own: string): boolean {
  return url !== '' && (url.startsWith('memtop:') || pathOf(url) === own);
}

/** A module's URL as a path. */
export function pathOf(url: string): string {
  if (!url.startsWith('file://')) return url;
  try {
    return decodeURIComponent(url.slice('file://'.length));
  } catch {
    return url;
  }
}
