// The table of processes: sorts by any column, filters by words, and chooses what the chart shows.
import { counted } from '../../../text/plural.ts';
import type { ReportData, ReportedProcess } from '../report-data.ts';
import { REPORT_COLUMNS, type ReportColumn } from './columns.ts';
import { element } from './dom.ts';
import { matches, orderAfter, sorted, type TableOrder } from './rows.ts';

/** What is sorted by at first: the largest peak first. */
const FIRST = 'peak';

/** Rows that are printed: paper has no end to scroll to. */
const PRINTED = 60;

/** Gets the processes of the chart, in the order of the data, when the reader changes them. */
type OnChoose = (processes: readonly ReportedProcess[]) => void;

export class ProcessTable {
  readonly root: HTMLElement;
  readonly #data: ReportData;
  readonly #columns: readonly ReportColumn[];
  readonly #rows: ReadonlyMap<ReportedProcess, HTMLTableRowElement>;
  readonly #titles: ReadonlyMap<ReportColumn, HTMLTableCellElement>;
  readonly #body = element('tbody');
  readonly #count = element('output', { class: 'count' });
  readonly #filter = element('input', { type: 'search', id: 'filter', autocomplete: 'off', spellcheck: 'false' });
  readonly #chosen: Set<ReportedProcess>;
  readonly #onChoose: OnChoose;
  #order: TableOrder;

  constructor(data: ReportData, chosen: readonly ReportedProcess[], onChoose: OnChoose) {
    this.#data = data;
    this.#chosen = new Set(chosen);
    this.#onChoose = onChoose;
    this.#order = { column: firstColumn(), isDescending: true };
    this.#columns = REPORT_COLUMNS.filter(
      (column) => !column.isOptional || data.processes.some((process) => column.value(process) !== undefined),
    );
    this.#titles = new Map(this.#columns.map((column) => [column, this.#titleOf(column)]));
    this.#rows = new Map(data.processes.map((process) => [process, this.#rowOf(process)]));
    this.#filter.addEventListener('input', () => this.#arrange());
    this.root = this.#section();
    this.#arrange();
  }

  #section(): HTMLElement {
    const head = element('tr', {}, element('th', { scope: 'col', class: 'choice' }, 'Chart'), ...this.#titles.values());
    const caption = element('caption', { class: 'unseen' }, 'Processes, with their memory as numbers');
    const table = element('table', { class: 'processes' }, caption, element('thead', {}, head), this.#body);
    const { hidden } = this.#data;
    const note = `${counted(hidden, 'smaller process', 'smaller processes')} left out.`;
    return element(
      'section',
      { class: 'list' },
      element('h2', {}, 'Processes'),
      element('p', { class: 'filter' }, element('label', { for: 'filter' }, 'Filter '), this.#filter, this.#count),
      element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of processes' }, table),
      ...(hidden > 0 ? [element('p', { class: 'note' }, note)] : []),
    );
  }

  #titleOf(column: ReportColumn): HTMLTableCellElement {
    const title = `Sort by ${column.title}: ${column.meaning}`;
    const arrow = element('span', { class: 'arrow', 'aria-hidden': 'true' });
    const sort = element('button', { type: 'button', title }, column.title, arrow);
    sort.addEventListener('click', () => {
      this.#order = orderAfter(this.#order, column);
      this.#arrange();
    });
    return element('th', { scope: 'col', class: classOf(column) }, sort);
  }

  #rowOf(process: ReportedProcess): HTMLTableRowElement {
    const cells = this.#columns.map((column) => {
      const text = column.text(process, this.#data);
      if (column.id !== 'name') return element('td', { class: classOf(column) }, text);
      const command = element('span', { class: 'command', title: process.command }, process.command);
      return element('th', { class: classOf(column), scope: 'row' }, text, ' ', command);
    });
    const row = element('tr', {}, element('td', { class: 'choice' }, this.#choiceOf(process)), ...cells);
    if (process.pattern !== undefined) row.dataset['pattern'] = process.pattern;
    return row;
  }

  #choiceOf(process: ReportedProcess): HTMLInputElement {
    const label = `Show ${process.name} (${process.pid}) in the chart`;
    const box = element('input', { type: 'checkbox', 'aria-label': label });
    box.checked = this.#chosen.has(process);
    box.disabled = process.curve === undefined;
    box.addEventListener('change', () => {
      if (box.checked) this.#chosen.add(process);
      else this.#chosen.delete(process);
      this.#onChoose(this.#data.processes.filter((each) => this.#chosen.has(each)));
    });
    return box;
  }

  #arrange(): void {
    const { processes } = this.#data;
    const shown = sorted(processes, this.#order).filter((process) => matches(process, this.#filter.value));
    this.#body.replaceChildren(...shown.flatMap((process) => this.#rows.get(process) ?? []));
    const printed = shown.length > PRINTED ? `, ${PRINTED} printed` : '';
    this.#count.replaceChildren(
      `${shown.length} of ${counted(processes.length, 'process', 'processes')}`,
      element('span', { class: 'on-paper' }, printed),
    );
    for (const [column, title] of this.#titles) {
      if (column !== this.#order.column) title.removeAttribute('aria-sort');
      else title.setAttribute('aria-sort', this.#order.isDescending ? 'descending' : 'ascending');
    }
  }
}

function firstColumn(): ReportColumn {
  const column = REPORT_COLUMNS.find(({ id }) => id === FIRST);
  if (column === undefined) throw new Error(`There must be a column ${FIRST}.`);
  return column;
}

function classOf({ id, isNumber }: ReportColumn): string {
  return isNumber ? `${id} number` : id;
}
