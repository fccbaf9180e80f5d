// In which language the server says its sentences: that of the screen.

import { languageCode } from "./t.ts";

/** Sent with every call. Read when it is sent, since the language may change meanwhile. */
export const inOurLanguage = {
  get "cadenza-language"() {
    return languageCode();
  },
};
