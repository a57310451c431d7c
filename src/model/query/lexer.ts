// Cuts the text of a query into pieces. The parser interprets them.
import { existing } from '../../numbers/existing.ts';
import type { Complaint, Operator } from './expression.ts';
import type { Piece, Token } from './token.ts';
import { COLUMN_NAMES, type Vocabulary } from './vocabulary.ts';

const SPACE = /\s*/y;
const WORD = /[^\s()"]+/y;
const VALUE = /[^\s()",]+/y;
/** A name, and the operator behind it. */
const COMPARISON = /([a-z]+)(\s*)(<=|>=|!=|!~|[<>=~])/iy;
/** The same where a name may have parts: `swap.free`. */
const PARTED = /([a-z]+(?:\.[a-z]+\d*)?)(\s*)(<=|>=|!=|!~|[<>=~])/iy;
/** A word that begins with a slash and is not a regular expression: `/usr/bin/node`. */
const PATH = /^[\w./@+:,=~%-]+$/;
const OPERATORS = '= != < <= > >= ~ !~';

/** The pieces of a query, or what is wrong with it. */
export function tokensOf(text: string, vocabulary: Vocabulary = COLUMN_NAMES): Token[] | Complaint {
  return new Lexer(text, vocabulary).read();
}

class Lexer {
  readonly #text: string;
  readonly #vocabulary: Vocabulary;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string, vocabulary: Vocabulary) {
    this.#text = text;
    this.#vocabulary = vocabulary;
  }

  read(): Token[] | Complaint {
    for (this.#skipSpace(); this.#at < this.#text.length; this.#skipSpace()) {
      const complaint = this.#next();
      if (complaint !== undefined) return complaint;
    }
    return this.#tokens;
  }

  #next(): Complaint | undefined {
    const character = this.#text[this.#at];
    if (character === '(' || character === ')') return this.#take({ kind: character }, 1);
    if (character === '"') return this.#quoted('text');
    if (character === '/') return this.#slash();
    const comparison = this.#match(this.#vocabulary.hasParts ? PARTED : COMPARISON);
    // Only behind a column may an operator stand apart: `rss > 1g` is a comparison, `ls ~/src` is two words.
    if (comparison !== null && (comparison[2] === '' || this.#isKnown(comparison[1] ?? ''))) {
      return this.#comparison(comparison);
    }
    return this.#word();
  }

  #isKnown(name: string): boolean {
    return this.#vocabulary.isStrict || this.#vocabulary.find(name.toLowerCase()) !== undefined;
  }

  #word(): Complaint | undefined {
    const [word = ''] = this.#match(WORD) ?? [];
    if (/^(?:[<>=]|![=~])/.test(word)) {
      return this.#complain(word.length, 'No column before the operator', 'a column, such as rss>500m');
    }
    if (word.startsWith('!')) return this.#complain(1, '"!" is not an operator', 'not, such as not node');
    const keyword = word.toLowerCase();
    if (keyword === 'and' || keyword === 'or' || keyword === 'not') return this.#take({ kind: keyword }, word.length);
    return this.#take({ kind: 'text', text: word }, word.length);
  }

  #comparison([whole, name = '', , operator]: RegExpExecArray): Complaint | undefined {
    this.#take({ kind: 'column', name, operator: operator as Operator }, whole.length);
    do {
      this.#skipSpace();
      const complaint = this.#value();
      if (complaint !== undefined) return complaint;
    } while (this.#skipComma());
    return undefined;
  }

  /** One value after an operator; a missing one is reported by the parser. */
  #value(): Complaint | undefined {
    const character = this.#text[this.#at];
    if (character === '"') return this.#quoted('value');
    if (character === '/') {
      const regex = this.#regexAt(/[\s(),]/);
      if (regex !== undefined) return this.#take({ kind: 'pattern', pattern: regex.pattern }, regex.length);
    }
    const [value] = this.#match(VALUE) ?? [];
    if (value === undefined) return undefined;
    if (character === '/' && !PATH.test(value)) return this.#unended();
    if (/^[<>=!~]/.test(value)) return this.#complain(1, 'Unknown operator', `one of ${OPERATORS}`);
    return this.#take({ kind: 'value', text: value }, value.length);
  }

  #skipComma(): boolean {
    if (this.#text[this.#at] !== ',') return false;
    this.#at += 1;
    return true;
  }

  /** A regular expression where there is a slash that ends it, else the path that it may be. */
  #slash(): Complaint | undefined {
    const regex = this.#regexAt(/[\s()]/);
    if (regex !== undefined) return this.#take({ kind: 'regex', pattern: regex.pattern }, regex.length);
    const [word = ''] = this.#match(WORD) ?? [];
    const isWhole = !/["(]/.test(this.#text[this.#at + word.length] ?? '');
    return isWhole && PATH.test(word) ? this.#take({ kind: 'text', text: word }, word.length) : this.#unended();
  }

  /**
   * The pattern that begins here: it ends at the first slash with a blank, a parenthesis or the end behind it that no
   * backslash and no bracket protects. An `i` behind the slash changes nothing: case never matters.
   */
  #regexAt(behind: RegExp): { pattern: string; length: number } | undefined {
    const text = this.#text;
    let isInClass = false;
    for (let at = this.#at + 1; at < text.length; at += 1) {
      const character = text[at];
      if (character === '\\') at += 1;
      else if (character === '[') isInClass = true;
      else if (character === ']') isInClass = false;
      else if (character === '/' && !isInClass) {
        const end = text[at + 1] === 'i' ? at + 2 : at + 1;
        if (end >= text.length || behind.test(existing(text[end]))) {
          return { pattern: text.slice(this.#at + 1, at), length: end - this.#at };
        }
      }
    }
    return undefined;
  }

  #quoted(kind: 'text' | 'value'): Complaint | undefined {
    const text = this.#text;
    let content = '';
    for (let at = this.#at + 1; at < text.length; at += 1) {
      if (text[at] === '"') return this.#take({ kind, text: content }, at + 1 - this.#at);
      if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at += 1;
      content += text[at];
    }
    return {
      ...{ at: this.#at, length: text.length - this.#at },
      message: 'Missing closing quote',
      expected: 'a closing "',
    };
  }

  #unended(): Complaint {
    return {
      ...{ at: this.#at, length: this.#text.length - this.#at },
      message: 'Unterminated regular expression',
      expected: 'a closing /',
    };
  }

  #complain(length: number, message: string, expected: string): Complaint {
    return { at: this.#at, length, message, expected };
  }

  #take(piece: Piece, length: number): undefined {
    this.#tokens.push({ ...piece, at: this.#at, length });
    this.#at += length;
  }

  #skipSpace(): void {
    this.#at += this.#match(SPACE)?.[0].length ?? 0;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }
}
