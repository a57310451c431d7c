// An array of 10,000,000 numbers that need an object each: kept, dropped, or dropped and collected (node --expose-gc).
const way = process.argv[2];
let numbers = Array.from({ length: 10_000_000 }, (_, index) => index + 0.5);
if (way === 'keep') globalThis.kept = numbers;
numbers = undefined;
if (way === 'collect') {
  for (let round = 0; round < 2; round += 1) globalThis.gc();
}
setTimeout(() => {}, 1500);
