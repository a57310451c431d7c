// Converts documents of `-o json` into the fields of a recording.
import type { Process } from '../../model/snapshot/snapshot.ts';
import { finite, type JsonObject, moment, text } from './shapes.ts';

/**
 * A process of a document. CPU time is added up from the percentages, beginning with 0. The start time in milliseconds
 * since the epoch replaces the one in clock ticks. Children of kthreadd without a command are kernel threads.
 * @param elapsed milliseconds since the document before
 */
export function printedProcess(json: JsonObject, before: ReadonlyMap<number, Process>, elapsed: number): JsonObject {
  const startTime = moment.read(json['startedAt']) ?? 0;
  const earlier = before.get(finite.read(json['pid']) ?? -1);
  const spent = earlier?.who.startTime === startTime ? (earlier.cpuTime ?? 0) : 0;
  const percent = finite.read(json['cpuPercent']);
  const isKernel = json['command'] === '' && json['ppid'] === KTHREADD;
  return {
    kernel: isKernel || json['pid'] === KTHREADD,
    startTime,
    ...(percent === undefined ? {} : { cpuTime: spent + (percent / 100) * elapsed, sinceLastRead: elapsed }),
    ...json,
  };
}

/** The process that starts all other kernel threads. */
const KTHREADD = 2;

/** The memory of the machine and its limit. Pressure is left out: documents have only two of its four numbers. */
export function printedSystem(json: JsonObject): JsonObject {
  const [total, used, limit, charged] = ['swapTotal', 'swapUsed', 'limit', 'limitCharged'].map((name) =>
    finite.read(json[name]),
  );
  return {
    ...json,
    ...(total !== undefined && used !== undefined && { swapFree: total - used }),
    ...(limit !== undefined &&
      charged !== undefined && {
        limitInForce: {
          path: text.read(json['limitCgroup']) ?? '/',
          limit,
          charged,
          unreclaimable: json['limitUsed'],
          workingSet: json['limitWorkingSet'],
          slows: json['limitThrottles'],
          most: json['limitKills'],
          swapLimit: json['limitSwap'],
          swapUsed: json['limitSwapUsed'],
        },
      }),
  };
}
