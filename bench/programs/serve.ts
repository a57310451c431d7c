// A small HTTP server to load an agent into. Answers each line on stdin with its port.
import { listen } from './listen.ts';

listen((path) => ({ path, items: Array.from({ length: 20 }, (_, id) => ({ id, name: `n${id}` })) }));
