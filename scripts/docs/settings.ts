// Generates the settings table of docs/config.md and the JSON Schema from the table of settings.

import { FLAGS } from '../../src/cli/flags.ts';
import { DEFAULTS, SETTINGS } from '../../src/settings/table.ts';

/** The rows of the table in docs/config.md. */
export function settingRows(): string[][] {
  return SETTINGS.map((setting) => [
    `\`${setting.name}\``,
    setting.meaning,
    setting.takes,
    `\`${valueText(setting.tomlOf(DEFAULTS))}\``,
    [...flagTexts(setting.name), ...variables(setting.environment)].join(', '),
    setting.isSaved ? 'yes' : '',
  ]);
}

/** The JSON Schema of the file (draft 2020-12). */
export function settingsSchema(): string {
  const properties = Object.fromEntries(
    SETTINGS.map((setting) => [
      setting.name,
      { description: setting.meaning, ...setting.schema, default: setting.tomlOf(DEFAULTS) },
    ]),
  );
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: "memtop's settings file",
    type: 'object',
    properties,
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${key} = ${each}`)
    .join(', ')} }`;
}

/** The flag of the same name, where there is one. */
function flagTexts(name: string): string[] {
  const flag = Object.entries(FLAGS).find(([each]) => each === name)?.[1];
  return flag === undefined ? [] : [(flag.form.match(/--?[a-z-]+/g) ?? []).map((word) => `\`${word}\``).join(' ')];
}

function variables(names: string | undefined): string[] {
  return names === undefined ? [] : names.split(', ').map((name) => `\`${name}\``);
}
