// More tries than one for the tests of a file, for the files that a list names with its reason. With MEMTOP_ONE_TRY=1 no
// test has more than one: so a test that fails now and then is found.

interface Task {
  retry?: unknown;
  readonly tasks?: readonly Task[];
}

/** A suite, or the file itself, as vitest hands it to hooks. */
export interface Suite extends Task {
  readonly file?: Task & { readonly filepath?: string };
  readonly filepath?: string;
}

/** The path of the file that a suite is in. */
export function pathOf(suite: Suite): string {
  return suite.file?.filepath ?? suite.filepath ?? '';
}

/** Gives every test of the file N tries beyond the first. */
export function tryMore(suite: Suite, more: number): void {
  if (process.env['MEMTOP_ONE_TRY'] !== '1') give(suite.file ?? suite, more);
}

function give(task: Task, more: number): void {
  if (task.tasks === undefined) task.retry = more;
  else for (const each of task.tasks) give(each, more);
}
