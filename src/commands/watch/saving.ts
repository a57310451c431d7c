// The settings file of the screen: saving with S, and the result.
import type { Context } from '../../cli/context.ts';
import { usualIn } from '../../cli/settle.ts';
import type { SettingsFile } from '../../settings/settings.ts';
import type { FileSettings } from '../../settings/table.ts';

export class Saving {
  #file: SettingsFile | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param file as it was read, if there is a place for one */
  constructor(file: SettingsFile | undefined) {
    this.#file = file;
  }

  /**
   * Saves, one after the other however fast S is pressed, and settles with a sentence. Rejects when what saves cannot
   * be loaded; a failed save does not make the next one fail.
   */
  save(saved: Partial<FileSettings>, context: Context): Promise<string> {
    const saving = this.#last.then(() => this.#save(saved, context));
    this.#last = saving.catch(() => undefined);
    return saving;
  }

  async #save(saved: Partial<FileSettings>, context: Context): Promise<string> {
    const { saveSettings } = await import('../../settings/file/save.ts');
    const { notice, file } = await saveSettings(this.#file, saved, usualIn(context));
    this.#file = file;
    return notice;
  }
}
