// The keys that go back and forth in time: a part of the table of keys.

export const TIME_KEYS = [
  {
    keys: ['z'],
    group: 'Time',
    help: 'pause, or go back to now; sampling continues meanwhile (replay: play or pause)',
    bar: 'pause',
    command: { do: 'pause' },
  },
  { keys: ['x'], group: 'Time', help: 'in a replay, the speed: 1, 2, 10 or 60 times', command: { do: 'speed' } },
  { keys: ['['], group: 'Time', help: 'one sample back', command: { do: 'travel', what: 'sample-before' } },
  { keys: [']'], group: 'Time', help: 'one sample forward', command: { do: 'travel', what: 'sample-after' } },
  {
    keys: ['{'],
    group: 'Time',
    help: 'to the event before: an OOM kill, a collect, or a large process that started or exited',
    command: { do: 'travel', what: 'event-before' },
  },
  { keys: ['}'], group: 'Time', help: 'to the next event', command: { do: 'travel', what: 'event-after' } },
  { keys: ['('], group: 'Time', help: 'to the first sample recorded', command: { do: 'travel', what: 'begin' } },
  { keys: [')'], group: 'Time', help: 'to the last one', command: { do: 'travel', what: 'end' } },
  { keys: ['J'], group: 'Time', help: 'to a time: 10:30, or -15m for 15 minutes ago', command: { do: 'ask-time' } },
  {
    keys: ['y'],
    group: 'Time',
    help: 'show or hide the timeline of memory use and events; click on it to go there',
    command: { do: 'timeline' },
  },
  {
    keys: ['w'],
    group: 'Time',
    help: 'save what is recorded to a file for memtop replay; its path is shown',
    command: { do: 'save-recording' },
  },
] as const;
