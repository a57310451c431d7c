// The table of checks. A new one is one entry here.
import { agentFiles, inspector, nodeOptions, runtimes, socketFolder } from './checks/agents.ts';
import { debuggers } from './checks/debuggers.ts';
import { controlGroup, kernelLog, killCounter, pressure } from './checks/kernel.ts';
import { acting, descriptors, machineMemory, processList, shares } from './checks/processes.ts';
import { settingsFile } from './checks/settings.ts';
import { characters, colours, mouse, screen, size } from './checks/terminal.ts';

/** In the order in which they are told: what matters most first, within its group. */
export const CHECKS = [
  { group: 'Processes', checks: [processList, machineMemory, shares, acting, descriptors] },
  { group: 'Kernel', checks: [kernelLog, killCounter, pressure, controlGroup] },
  { group: 'Collecting', checks: [agentFiles, socketFolder, runtimes, nodeOptions, inspector, debuggers] },
  { group: 'Terminal', checks: [screen, size, characters, colours, mouse] },
  { group: 'Settings', checks: [settingsFile] },
] as const;
