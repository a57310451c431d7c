// What the signs on the screen mean, for help. In ASCII each is shown as its twin.

export interface Sign {
  readonly sign: string;
  readonly meaning: string;
}

/** The signs of table, header and charts, in the order in which a reader meets them. */
export const LEGEND: readonly Sign[] = [
  { sign: '›', meaning: 'the selected row' },
  { sign: '◆', meaning: 'a tagged row' },
  { sign: '●', meaning: 'has an agent: c collects in it' },
  { sign: '·', meaning: 'growth too small to count, or growing in no direction; blank: not known yet' },
  { sign: '~12.3M', meaning: 'an older reading of PSS or USS, which may no longer hold' },
  { sign: '…', meaning: 'cut: there is more text than space' },
  { sign: '▼ ▲', meaning: 'the sort column, largest or smallest first' },
  { sign: '▸', meaning: 'the arrows move this: table or pane' },
  { sign: '█ ▒ ░', meaning: 'in the gauge: memory in use, cache that can be reclaimed, free memory' },
  {
    sign: '▁▃▅█',
    meaning: 'RSS over the time in the title of TREND, newest at the right, from its lowest to its highest value',
  },
  { sign: 'c', meaning: 'in a TREND: a collect' },
  { sign: '↑11', meaning: 'rows hidden above the first row on the screen' },
  { sign: '(name)', meaning: 'does not match the filter: shown because a process below it in the tree does' },
];
