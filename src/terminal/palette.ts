// Styles of cells by number, and the shortest codes (SGR, ECMA-48 8.3.117) that turn one into another.
import { ESC, RESET_STYLE } from './sequences.ts';

/** A style taken apart: attributes by their codes in order, text colour and background as codes; '' is the default. */
interface Parts {
  readonly attributes: readonly number[];
  readonly ink: string;
  readonly paper: string;
}

const PLAIN: Parts = { attributes: [], ink: '', paper: '' };

/** The code that ends an attribute. Bold and faint have the same one. */
const ENDS: Readonly<Record<number, number>> = { 1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 8: 28, 9: 29 };

/** A cell's style is compared many times a second: it is a number. The default style is 0. */
export class Palette {
  readonly #styles: Parts[] = [PLAIN];
  readonly #numbers = new Map<string, number>([[codesOf(PLAIN), 0]]);
  /** What a blank looks like in each style. */
  readonly #blanks: number[] = [0];
  /** The style after a code in a style, by the code, for each style. */
  readonly #followers: Map<string, number>[] = [new Map()];
  /** The codes from a style to another, for each style. */
  readonly #changes: Map<number, string>[] = [new Map()];

  /** The number of the style that an SGR sequence makes of a style. */
  after(style: number, sequence: string): number {
    const known = this.#followers[style]?.get(sequence);
    if (known !== undefined) return known;
    const next = this.#numberOf(applied(this.#styles[style] ?? PLAIN, sequence.slice(2, -1)));
    this.#followers[style]?.set(sequence, next);
    return next;
  }

  /** The sequence that changes the style in force; empty when it is the same. */
  change(from: number, to: number): string {
    if (from === to) return '';
    if (to === 0) return RESET_STYLE;
    const known = this.#changes[from]?.get(to);
    if (known !== undefined) return known;
    const sequence = changeOf(this.#styles[from] ?? PLAIN, this.#styles[to] ?? PLAIN);
    this.#changes[from]?.set(to, sequence);
    return sequence;
  }

  /** The style that a blank looks like in a style: without what shows only on characters. */
  blankIn(style: number): number {
    let blank = this.#blanks[style];
    if (blank === undefined) {
      blank = this.#numberOf(blankParts(this.#styles[style] ?? PLAIN));
      this.#blanks[style] = blank;
    }
    return blank;
  }

  #numberOf(parts: Parts): number {
    const codes = codesOf(parts);
    let number = this.#numbers.get(codes);
    if (number === undefined) {
      number = this.#styles.push(parts) - 1;
      this.#numbers.set(codes, number);
      this.#followers.push(new Map());
      this.#changes.push(new Map());
    }
    return number;
  }
}

/** Attributes that show on a blank: underlined, blinking, reversed, hidden, crossed out. */
const SHOWN = [4, 5, 7, 8, 9];

function blankParts(style: Parts): Parts {
  return style.attributes.some((code) => SHOWN.includes(code)) ? style : { ...PLAIN, paper: style.paper };
}

function codesOf({ attributes, ink, paper }: Parts): string {
  return [...attributes, ink, paper].filter((code) => code !== '').join(';');
}

/** A style after codes: `1;38;5;231`. Codes that memtop never writes are passed over. */
function applied(style: Parts, text: string): Parts {
  let { attributes, ink, paper } = style;
  const codes = text.split(';');
  for (let at = 0; at < codes.length; at += 1) {
    const code = Number(codes[at]);
    if (code === 0) ({ attributes, ink, paper } = PLAIN);
    else if (code in ENDS) attributes = [...new Set([...attributes, code])].sort((one, other) => one - other);
    else if (code > 21 && code < 30) attributes = attributes.filter((each) => ENDS[each] !== code);
    else if (code === 38 || code === 48) {
      const end = at + (codes[at + 1] === '2' ? 5 : 3);
      const colour = codes.slice(at, end).join(';');
      if (code === 38) ink = colour;
      else paper = colour;
      at = end - 1;
    } else if (isInk(code)) ink = code === 39 ? '' : String(code);
    else if (isInk(code - 10)) paper = code === 49 ? '' : String(code);
  }
  return { attributes, ink, paper };
}

/** 30 to 37 and 39, and the bright ones from 90; ten more is the background. */
function isInk(code: number): boolean {
  return (code >= 30 && code < 40) || (code >= 90 && code < 98);
}

/** The shorter of the difference, and of the whole style behind a reset. */
function changeOf(from: Parts, to: Parts): string {
  const ended = from.attributes.filter((code) => !to.attributes.includes(code));
  const ends = new Set(ended.map((code) => ENDS[code]));
  const begun = to.attributes.filter((code) => !from.attributes.includes(code) || ends.has(ENDS[code]));
  const codes: (number | string | undefined)[] = [...ends, ...begun];
  if (to.ink !== from.ink) codes.push(to.ink === '' ? 39 : to.ink);
  if (to.paper !== from.paper) codes.push(to.paper === '' ? 49 : to.paper);
  const difference = codes.join(';');
  const whole = `0;${codesOf(to)}`;
  return `${ESC}[${difference.length <= whole.length ? difference : whole}m`;
}
