// What one client subscribed to: at most one event an interval, and no timer while there is no subscription.
import {
  EVENT_INTERVAL,
  EVENT_NAMES,
  type EventName,
  type EventNotification,
  type EventParams,
  type SubscribeResult,
} from '../protocol/protocol.ts';
import type { RawParams } from './answer.ts';
import type { Program } from './program.ts';
import type { GcListener } from './runtime/gc-watch.ts';
import { readEventInterval, readEvents } from './runtime/params.ts';
import { startInterval, stopInterval } from './runtime/time.ts';

/** Sends an event if the client can take one now. */
export interface EventSink {
  ready(): boolean;
  send(event: EventNotification): void;
}

export class Subscription {
  readonly #program: Program;
  readonly #sink: EventSink;
  #events: readonly EventName[] = [];
  #interval: number = EVENT_INTERVAL.default;
  #timer: NodeJS.Timeout | undefined;
  #gc: GcListener | undefined;

  constructor(program: Program, sink: EventSink) {
    this.#program = program;
    this.#sink = sink;
  }

  subscribe(params: RawParams): SubscribeResult {
    const events = readEvents(params['events']);
    const interval = readEventInterval(params['interval']);
    return this.#change([...new Set([...this.#events, ...events])], interval);
  }

  unsubscribe(params: RawParams): SubscribeResult {
    const dropped = readEvents(params['events'] ?? [...EVENT_NAMES]);
    return this.#change(
      this.#events.filter((event) => !dropped.includes(event)),
      this.#interval,
    );
  }

  /** Stops the timer and, after the last subscription, the observer. */
  end(): void {
    this.#change([], this.#interval);
  }

  #change(events: readonly EventName[], interval: number): SubscribeResult {
    this.#events = events;
    this.#interval = interval;
    if (this.#timer !== undefined) stopInterval(this.#timer);
    this.#timer = events.length === 0 ? undefined : startInterval(() => this.#send(), interval).unref();
    if (events.includes('gc')) this.#gc ??= this.#program.gcWatch.listen();
    else {
      this.#gc?.stop();
      this.#gc = undefined;
    }
    return { events, interval };
  }

  #send(): void {
    try {
      // Collections keep adding up until a client that is behind has read what it was sent.
      if (!this.#sink.ready()) return;
      const params = this.#news();
      if (params !== undefined) this.#sink.send({ jsonrpc: '2.0', method: 'event', params });
    } catch {
      // The event is lost; the program must not notice.
    }
  }

  #news(): EventParams | undefined {
    const gc = this.#gc?.take();
    const wantsStats = this.#events.includes('stats');
    if (gc === undefined && !wantsStats) return undefined;
    return {
      time: Date.now(),
      ...(gc === undefined ? {} : { gc }),
      ...(wantsStats ? { stats: this.#program.stats() } : {}),
    };
  }
}
