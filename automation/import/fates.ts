import { isEmpty, isOn, note, setting, valueAt, type Fate } from "./part";

/** A setting, read from the value. */
export const to =
  (at: string, read: (value: unknown) => unknown, what: string): Fate =>
  (value, key) => {
    if (isEmpty(value)) return [];
    const meaning = read(value);
    return meaning === undefined
      ? [note("untranslated", key, `is no ${what}; set openeo.${at} yourself`)]
      : [setting(at, meaning, key)];
  };

/** The chart makes nothing of it. */
export const dead =
  (message: string): Fate =>
  (_, key) => [note("dead", key, message)];

/** It holds here in any case, or otherwise; nothing to tell where there is nothing in it. */
export const needless =
  (message: string): Fate =>
  (value, key) =>
    isEmpty(value) ? [] : [note("needless", key, message)];

/** There is no setting for it; nothing to tell where there is nothing in it. */
export const untranslated =
  (message: string): Fate =>
  (value, key) =>
    isEmpty(value) ? [] : [note("untranslated", key, message)];

/** It is silent where the value is what holds here in any case. */
export const unless =
  (usual: (value: unknown) => boolean, fate: Fate): Fate =>
  (value, key, all) =>
    usual(value) ? [] : fate(value, key, all);

/** It has no effect in the chart where the flag at another key is off. */
export const whereOn =
  (flag: string, fate: Fate): Fate =>
  (value, key, all) => {
    if (isEmpty(value)) return [];
    if (isOn(valueAt(all, flag))) return fate(value, key, all);
    return [note("dead", key, `has no effect, as ${flag} is not on`)];
  };

/** It is looked at elsewhere. */
export const elsewhere: Fate = () => [];
