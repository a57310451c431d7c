// The settings file as a start of the screen would find it.

import type { UserError } from '../../../errors/user-error.ts';
import type { Environment } from '../../../settings/environment.ts';
import { openSettings } from '../../../settings/file/open.ts';
import { NO_FILE, placeOf } from '../../../settings/file/place.ts';
import type { SettingsState } from './machine.ts';

/** Reads it. An error in it is a finding here, and does not end the program. */
export async function settingsState(environment: Environment): Promise<SettingsState> {
  const place = placeOf(environment, undefined);
  const path = place === NO_FILE ? undefined : place;
  try {
    const { file } = await openSettings(environment, { configFlag: undefined, isWanted: true });
    return { path, isThere: file?.text !== undefined, mistake: undefined };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UserError') throw error;
    const { message, next } = error as UserError;
    return { path, isThere: true, mistake: { message, next } };
  }
}
