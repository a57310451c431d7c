// The settings file behind the screen: what S saves, and what came of it.
import type { Saved } from '../../app/saved.ts';
import type { Context } from '../../config/context.ts';
import type { SettingsFile } from '../../config/settings.ts';
import { usualIn } from '../../config/settle.ts';

export class Saving {
  #file: SettingsFile | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param file as it was read, if there is a place for one */
  constructor(file: SettingsFile | undefined) {
    this.#file = file;
  }

  /** Saves, one after the other however fast S is pressed, and settles with a sentence. */
  save(saved: Saved, context: Context): Promise<string> {
    const saving = this.#last.then(async () => {
      const { saveSettings } = await import('../../config/file/save.ts');
      const { notice, file } = await saveSettings(this.#file, saved, usualIn(context));
      this.#file = file;
      return notice;
    });
    this.#last = saving;
    return saving;
  }
}
