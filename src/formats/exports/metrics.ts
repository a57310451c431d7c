// What is exported of a sample: the numbers of the machine, and one number of each process for each column.
import type { Column } from '../../model/columns/column.ts';
import { columnsOfSet } from '../../model/columns/column-sets.ts';
import { columnOf } from '../../model/columns/columns.ts';
import type { Report } from '../printout.ts';
import { SYSTEM_FIELDS } from '../system-fields.ts';
import type { NumberKind } from './units.ts';

/** A column of numbers. */
export interface NumberColumn extends Column {
  readonly kind: NumberKind;
  value(...of: Parameters<Column['value']>): number | undefined;
}

/**
 * The columns to export: of the chosen ones those that are numbers, by default resident memory, swap, CPU and heap. What
 * identifies a process is a label and no number.
 */
export function exportedColumns(ids: readonly string[] | undefined): readonly NumberColumn[] {
  const chosen = ids?.map(columnOf) ?? columnsOfSet('metrics');
  return chosen.filter((column) => column !== undefined).filter(isNumber);
}

function isNumber(column: Column): column is NumberColumn {
  return column.kind !== 'text' && column.identity !== true && column.isTrend !== true;
}

/** A number of the machine. */
export interface MachineNumber {
  /** As in JSON: `available`, or `memory.processes` for a part of an object. */
  readonly name: string;
  readonly meaning: string;
  readonly kind: NumberKind;
  readonly value: number;
}

/** The numbers of the machine that are known. */
export function machineNumbers(report: Report): readonly MachineNumber[] {
  const numbers: MachineNumber[] = [];
  for (const { name, meaning, kind, value } of SYSTEM_FIELDS) {
    if (kind === undefined) continue;
    const known = value(report.snapshot.system, report);
    if (typeof known === 'number') numbers.push({ name, meaning, kind, value: known });
    if (typeof known !== 'object' || known === null) continue;
    for (const [part, each] of Object.entries(known)) {
      if (typeof each === 'number') numbers.push({ name: `${name}.${part}`, meaning, kind, value: each });
    }
  }
  return numbers;
}
