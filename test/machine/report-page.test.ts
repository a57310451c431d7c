// The page of a report in a real browser: its charts, keys, table, colours and paper. Nothing leaves the file.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { perform } from '../../src/main.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { Recorder } from '../../src/recording/recorder.ts';
import { fakeContext } from '../helpers/fake-context.ts';
import { hasProgram } from '../helpers/other-programs.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { eventfulSnapshots } from '../recording/eventful-snapshots.ts';

/** Chromium as root needs --no-sandbox; the others keep it from looking for servers of its own. */
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

describe.skipIf(!hasProgram('chromium'))('the page of a report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-report-page-'));
  const path = join(folder, 'report.html');
  let browser: Browser;
  let page: Page;
  /** What the browser complained of, and the addresses it asked for. */
  let complaints: string[];
  let requests: string[];

  beforeAll(async () => {
    await record('memory.rec', eventfulSnapshots());
    await record('short.rec', eventfulSnapshots().slice(0, 1));
    await write('memory.rec', 'report.html');
    await write('memory.rec', 'nothing.html', 'name=nothing');
    await write('short.rec', 'short.html');
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  });
  afterAll(async () => {
    await browser.close();
    removeFolder(folder);
  });

  beforeEach(() => open({ width: 1280, height: 900 }));
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
    expect(requests).toEqual([pathToFileURL(path).href]);
  });

  async function record(name: string, snapshots: readonly Snapshot[]): Promise<void> {
    const recorder = new Recorder(join(folder, name), {});
    for (const snapshot of snapshots) await recorder.add(snapshot);
    await recorder.close();
  }

  async function write(recording: string, name: string, ...filter: readonly string[]): Promise<void> {
    const words = ['report', join(folder, recording), '-o', join(folder, name), ...filter];
    expect(await perform(words, fakeContext())).toBe(0);
  }

  async function open(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark' = 'light') {
    await page?.close();
    page = await browser.newPage({ viewport, colorScheme });
    complaints = [];
    requests = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
  }

  const chart = () => page.getByRole('slider', { name: 'RSS of processes' });
  const clock = () => page.locator('.clock').innerText();
  const rows = () => page.locator('tbody tr').count();
  const firstName = () => page.locator('tbody tr').first().locator('th').innerText();
  const series = (name: string | RegExp) =>
    page.getByRole('group', { name: 'Series of RSS' }).getByRole('button', { name });

  /** A point of the plot, as fractions of its width and height. */
  async function pointIn(across: number, down = 0.5): Promise<readonly [number, number]> {
    const box = await chart().locator('.u-over').boundingBox();
    if (box === null) throw new Error('The chart is not drawn.');
    return [box.x + box.width * across, box.y + box.height * down];
  }

  it('names the machine, the lowest memory, the kill, the leak and the collection', async () => {
    const text = await page.locator('header').innerText();
    expect(text).toContain('Memory of web-1');
    for (const part of ['281M', 'leak (20) +60.0M/min', 'victim (50)', 'collector (60)']) expect(text).toContain(part);
  });

  it('shows the values at the mouse next to the names', async () => {
    await page.mouse.move(...(await pointIn(0.6)));
    await expect.poll(clock).toMatch(/cursor at 14:1[12]:\d\d$/);
    const value = await series(/^leak/).locator('.value').innerText();
    expect(Number.parseInt(value, 10)).toBeGreaterThan(780);
    expect(Number.parseInt(value, 10)).toBeLessThan(860);
  });

  it('zooms into what the mouse is dragged over, and a double click shows everything again', async () => {
    const whole = await clock();
    await page.mouse.move(...(await pointIn(0.25)));
    await page.mouse.down();
    await page.mouse.move(...(await pointIn(0.5)), { steps: 5 });
    await page.mouse.up();
    await expect.poll(clock).toMatch(/^14:0[45]:\d\d to 14:(?:09|10):\d\d \(5 min\)/);
    await page.mouse.dblclick(...(await pointIn(0.5)));
    await expect.poll(clock).toContain(whole.slice(0, 20));
  });

  it('has keys for the cursor, zoom and the series', async () => {
    await chart().focus();
    await page.keyboard.press('End');
    const last = (await chart().getAttribute('aria-valuetext')) ?? '';
    await page.keyboard.press('ArrowLeft');
    const before = (await chart().getAttribute('aria-valuetext')) ?? '';
    expect(last).toMatch(/^2026-11-22 14:20:00: .*leak \(20\) 1\.27G/);
    expect(before).toMatch(/^2026-11-22 14:19:59: /);
    const whole = await clock();
    await page.keyboard.press('+');
    await expect.poll(clock).not.toBe(whole);
    await page.keyboard.press('0');
    await expect.poll(clock).toBe(whole);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const focused = page.locator('.legend button:focus');
    const name = await focused.innerText();
    await page.keyboard.press('Enter');
    expect(await focused.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('[aria-live]').innerText()).toContain(name.split('\n')[0]);
  });

  it('sorts by a title, and back by the same', async () => {
    expect(await firstName()).toContain('leak');
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    const first = await firstName();
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    expect(await page.locator('thead th.name').getAttribute('aria-sort')).toBe('descending');
    expect((await firstName()).localeCompare(first)).toBeGreaterThan(0);
  });

  it('filters by words, and chooses what the chart shows', async () => {
    const all = await rows();
    await page.getByLabel('Filter').fill('worker ubuntu');
    await expect.poll(rows).toBeLessThan(all);
    const last = page.locator('tbody tr').last();
    const pid = await last.locator('td.pid').innerText();
    await last.getByRole('checkbox').check();
    await expect.poll(() => series(`(${pid})`).count()).toBe(1);
  });

  it('shows an event in the charts', async () => {
    await page.locator('.events li', { hasText: 'victim' }).getByRole('button').click();
    await expect.poll(clock).toMatch(/cursor at 14:10:0\d$/);
  });

  it('shows what processes wrote as text', async () => {
    await page.getByLabel('Filter').fill('alert(1)');
    await expect.poll(firstName).toContain('</script><script>alert(1)</script>');
    expect(await page.evaluate('document.querySelectorAll("img, script").length')).toBe(2);
  });

  it.each(['light', 'dark'] as const)('fits a phone, %s', async (scheme) => {
    await open({ width: 390, height: 844 }, scheme);
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(wider)).toBe(0);
    const brightness = 'getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]';
    expect(Number(await page.evaluate(brightness)) > 128).toBe(scheme === 'light');
    expect(await coloursOfChart()).toBeGreaterThan(20);
  });

  it('prints on white, also where the screen is dark', async () => {
    await open({ width: 1280, height: 900 }, 'dark');
    await page.evaluate(
      'addEventListener("beforeprint", () => { window.back = getComputedStyle(document.body).backgroundColor; })',
    );
    const paper = await page.pdf({ format: 'A4' });
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.evaluate('window.back')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('html.printing').count()).toBe(0);
  });

  it('a screen reader finds the table with titles and names', async () => {
    const outline = await page.locator('.list').ariaSnapshot();
    const [first = ''] = outline.match(/rowheader .*/) ?? [];
    expect(outline).toContain('table "Processes, with their memory as numbers"');
    expect(first).toBe('rowheader "leak node leak.js"');
    expect(outline.slice(0, 2000)).toContain('columnheader "Peak"');
    expect(await chart().getAttribute('aria-valuetext')).toContain('leak (20)');
  });

  it.each(['nothing.html', 'short.html'])('a page with little in it works: %s', async (name) => {
    await page.goto(pathToFileURL(join(folder, name)).href);
    requests = requests.slice(0, 1);
    await chart().focus();
    for (const key of ['ArrowLeft', '+', '-', 'End', '0']) await page.keyboard.press(key);
    await expect.poll(clock).toMatch(/cursor at 14:\d\d:\d\d$/);
  });

  /** How many colours the chart of processes was drawn with: none, where it is empty. */
  async function coloursOfChart(): Promise<number> {
    const colours = await page.evaluate(`(() => {
      const canvas = [...document.querySelectorAll('canvas')].at(-1);
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })()`);
    return Number(colours);
  }
});
