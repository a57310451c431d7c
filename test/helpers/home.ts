// The home folder of programs that tests start: log, settings and code cache are not those of the one who runs the tests.

/** Made before the tests and removed after them; the real one where no such run is under way. */
export const HOME = process.env['MEMTOP_TEST_HOME'] ?? process.env['HOME'];
