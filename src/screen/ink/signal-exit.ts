// Stands in for the package signal-exit in the bundle. The program itself ends the screen whatever way it ends, and gives
// the terminal back; that package would catch every signal, patch process.emit, and load Node's assert to do the same.

/** Registers nothing, and gives a function that removes nothing. */
export function onSignalExit(): () => void {
  return () => {};
}
