// One connection to an agent, for tests: sends lines, whatever they are, and hands out the answers.
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { until } from './until.ts';

export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: string | number | null;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

export class Connection {
  readonly socket: Socket;
  /** All that came, in order. */
  readonly messages: Message[] = [];
  closed = false;
  #rest = '';
  #last = 1000; // tests number their own lines from 1

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => this.#take(chunk));
    socket.on('close', () => {
      this.closed = true;
    });
    socket.on('error', () => undefined);
  }

  /** Connects, and closes when the test ends. */
  static async open(path: string): Promise<Connection> {
    const socket = connect(path);
    onTestFinished(() => void socket.destroy());
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new Connection(socket);
  }

  /** Sends a request and waits for its answer. */
  async ask(method: string, params: object = {}): Promise<Message> {
    const id = this.send(method, params);
    await until(() => this.closed || this.answer(id) !== undefined, `${method} is answered`);
    const answer = this.answer(id);
    if (answer === undefined) throw new Error(`The connection was closed before ${method} was answered.`);
    return answer;
  }

  /** Sends a request and returns its id at once. */
  send(method: string, params: object = {}): number {
    this.#last += 1;
    this.sendText(`${JSON.stringify({ jsonrpc: '2.0', id: this.#last, method, params })}\n`);
    return this.#last;
  }

  sendText(text: string): void {
    this.socket.write(text);
  }

  answer(id: string | number | null): Message | undefined {
    return this.messages.find((message) => message.id === id);
  }

  /** Sends one line and waits for the next message, whatever its id. */
  async sendLine(line: string): Promise<Message> {
    const before = this.messages.length;
    this.sendText(`${line}\n`);
    await until(() => this.messages.length > before, `${line.slice(0, 60)} is answered`);
    return this.messages[before] as Message;
  }

  #take(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.messages.push(JSON.parse(line) as Message);
  }
}
