// What names the holders of a leak: a bundle of its own, which is text in the agent's file until somebody asks for it.
export { watchProgram, watchThread } from './watch.ts';
