// The table of checks. A new one is one entry here.
import { agentFiles, inspector, nodeOptions, runtimes, socketFolder } from './agents.ts';
import { debuggers } from './debuggers.ts';
import { controlGroup, kernelLog, killCounter, pressure } from './kernel.ts';
import { acting, descriptors, machineMemory, processList, smaps } from './processes.ts';
import { settingsFile } from './settings.ts';
import { characters, colours, mouse, screen, terminalSize } from './terminal.ts';

/** In display order: the most important first, within its group. */
export const CHECKS = [
  { group: 'Processes', checks: [processList, machineMemory, smaps, acting, descriptors] },
  { group: 'Kernel', checks: [kernelLog, killCounter, pressure, controlGroup] },
  { group: 'Collecting', checks: [agentFiles, socketFolder, runtimes, nodeOptions, inspector, debuggers] },
  { group: 'Terminal', checks: [screen, terminalSize, characters, colours, mouse] },
  { group: 'Settings', checks: [settingsFile] },
] as const;
