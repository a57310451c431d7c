// What the signs on the screen mean, for help. In ASCII each is shown as its twin.

export interface Sign {
  readonly sign: string;
  readonly meaning: string;
}

/** The signs of table, header and charts, in the order in which they appear. */
export const LEGEND: readonly Sign[] = [
  { sign: '›', meaning: 'the selected row' },
  { sign: '◆', meaning: 'a tagged row' },
  { sign: '●', meaning: 'has an agent: press c to collect' },
  { sign: '·', meaning: 'no significant growth; blank: not known yet' },
  { sign: '~12.3M', meaning: 'PSS or USS from an older reading, possibly out of date' },
  { sign: '…', meaning: 'cut: not enough space for the text' },
  { sign: '▼ ▲', meaning: 'the sort column, largest or smallest first' },
  { sign: '▸', meaning: 'the arrow keys move this: table or pane' },
  { sign: '█ ▒ ░', meaning: 'in the gauge: memory in use, cache that can be reclaimed, free memory' },
  {
    sign: '▁▃▅█',
    meaning: 'RSS over the time in the TREND title, newest at the right, from lowest to highest',
  },
  { sign: 'c', meaning: 'in a TREND: a collect' },
  { sign: '↑11', meaning: 'rows hidden above the first row on the screen' },
  { sign: '(name)', meaning: 'does not match the filter: shown because a child process does' },
];
