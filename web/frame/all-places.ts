// The places of the rail and those of settings. Loaded when it is needed: no page is drawn from it.

import { perLanguage } from "../language/per-language.ts";
import type { NavigationEntry } from "./place.ts";
import { PLACES, SETTINGS } from "./places.ts";
import { SETTINGS_PLACES } from "./settings-places.ts";

export const ALL_PLACES: readonly NavigationEntry[] = perLanguage(() => [
  ...PLACES,
  SETTINGS,
  ...SETTINGS_PLACES,
]);
