// An inspector session inside the program itself: no port is opened and no debugger is needed.
import { callNextTurn } from './time.ts';

export type InspectorSession = import('node:inspector').Session;

/** Undefined where Node was built without an inspector or the permission model forbids it. */
export function openSession(): InspectorSession | undefined {
  try {
    const inspector = require('node:inspector') as typeof import('node:inspector');
    const session = new inspector.Session();
    session.connect();
    return session;
  } catch {
    return undefined;
  }
}

/** Collects what can be collected in the isolate the session belongs to; freed pages go back to the system. */
export function collectThrough(session: InspectorSession): Promise<void> {
  return post(session, 'HeapProfiler.collectGarbage');
}

/** Sends one command; rejects when the inspector reports an error. */
export function post(session: InspectorSession, method: string, params: object = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    session.post(method, params, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/** Never inside the callback of a command: disconnecting there deadlocks. */
export function closeSession(session: InspectorSession): Promise<void> {
  return new Promise((resolve) => {
    callNextTurn(() => {
      try {
        session.disconnect();
      } catch {
        // It is already gone.
      }
      resolve();
    });
  });
}
