// The script of the page: reads its data, builds the page and keeps it up to date with the window.
import type { ReportData, ReportedProcess } from '../report-data.ts';
import { Board } from './board.ts';
import { element } from './dom.ts';
import { eventsOf } from './events.ts';
import { headingOf } from './heading.ts';
import { ProcessTable } from './table.ts';

/** Lines that the chart has at first: the largest, and some more that grow. */
const LARGEST = 6;
const GROWING = 2;

start();

function start(): void {
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as ReportData;
  const chosen = firstChosen(data.processes);
  const board = new Board(data);
  const table = new ProcessTable(data, chosen, (processes) => board.choose(processes));
  const charts = element(
    'div',
    { class: 'charts' },
    board.root,
    eventsOf(data, (time) => board.goTo(time)),
  );
  document.body.append(
    element('main', {}, headingOf(data), element('div', { class: 'columns' }, charts, table.root)),
    element('footer', { class: 'note' }, 'Made by memtop. Charts by uPlot, whose licence is at the end of this file.'),
  );
  board.draw(chosen);
  keepUpToDate(board);
}

function firstChosen(processes: readonly ReportedProcess[]): ReportedProcess[] {
  const drawn = processes.filter(({ curve }) => curve !== undefined);
  const growing = drawn.slice(LARGEST).filter(({ pattern }) => pattern === 'growing');
  return [...drawn.slice(0, LARGEST), ...growing.slice(0, GROWING)];
}

/** Charts are bitmaps: they are drawn again when the window, the colours or the medium change. */
function keepUpToDate(board: Board): void {
  const { documentElement: root } = document;
  const setPrinting = (isPrinting: boolean) => {
    root.classList.toggle('printing', isPrinting);
    board.refresh();
  };
  window.addEventListener('resize', () => board.refresh());
  window.addEventListener('beforeprint', () => setPrinting(true));
  window.addEventListener('afterprint', () => setPrinting(false));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => board.refresh());
}
