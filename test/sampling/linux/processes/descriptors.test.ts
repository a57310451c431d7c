import { expect, onTestFinished, test } from 'vitest';
import { Descriptors } from '../../../../src/sampling/linux/processes/descriptors.ts';
import { ProcRow } from '../../../../src/sampling/linux/processes/row.ts';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { Tree } from '../tree.ts';

const TICK = 5;

function setup(limit: number) {
  const tree = new Tree();
  const descriptors = new Descriptors(new FileReader(), () => limit);
  onTestFinished(() => {
    descriptors.releaseAll();
    tree.remove();
  });
  const row = (pid: number, visible = false) => {
    tree.add(pid);
    const made = new ProcRow(tree.proc, pid);
    if (visible) made.visible = TICK;
    descriptors.keep(made, TICK);
    return made;
  };
  return { descriptors, row };
}

const isKept = (row: ProcRow) => row.descriptor !== -1;

test('no more are kept than the limit allows', () => {
  const { descriptors, row } = setup(2);
  expect([row(1), row(2), row(3)].map(isKept)).toEqual([true, true, false]);
  expect(descriptors.count).toBe(2);
});

test('a row on screen takes the place of one that is not', () => {
  const { row } = setup(2);
  const rows = [row(1), row(2), row(3, true)];
  expect(rows.map(isKept)).toEqual([false, true, true]);
});

test('rows on screen do not push out one another', () => {
  const { row } = setup(2);
  expect([row(1, true), row(2, true), row(3, true)].map(isKept)).toEqual([true, true, false]);
});

test('when the system runs out of descriptors all are given back and half as many are kept from then on', () => {
  const { descriptors, row } = setup(4);
  for (const pid of [1, 2, 3, 4]) row(pid);
  expect(descriptors.surrender()).toBe(true);
  expect(descriptors.count).toBe(0);
  expect([row(5), row(6), row(7)].map(isKept)).toEqual([true, true, false]);
});

test('who keeps none has none to give back', () => {
  expect(setup(4).descriptors.surrender()).toBe(false);
});

test('a process that has gone keeps none', () => {
  const { descriptors } = setup(4);
  const row = new ProcRow('/nonexistent', 1);
  descriptors.keep(row, TICK);
  expect([isKept(row), descriptors.count]).toEqual([false, 0]);
});
