// What can be done with people in all their sequences at once: how each is called, and what it says before and after.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

export type EverywhereVerb = "pause" | "resume" | "finish" | "remove";

export const EVERYWHERE = perLanguage(
  () =>
    ({
      pause: {
        name: t("Pause in all sequences …"),
        title: t("Pause in all sequences"),
        says: t("Planned steps wait. Contacts continue where they stopped."),
        button: (count: number) => t("Pause {count, plural, one {# contact} other {# contacts}}", { count }),
        done: (count: number) => t("{count, plural, one {# contact} other {# contacts}} paused.", { count }),
      },
      resume: {
        name: t("Resume in all sequences …"),
        title: t("Resume in all sequences"),
        says: t("Contacts continue where they stopped, with the rest of their waiting time."),
        button: (count: number) => t("Resume {count, plural, one {# contact} other {# contacts}}", { count }),
        done: (count: number) => t("{count, plural, one {# contact} other {# contacts}} resumed.", { count }),
      },
      finish: {
        name: t("Finish in all sequences …"),
        title: t("Finish in all sequences"),
        says: t("They get nothing more from these sequences. Sent emails stay in their history."),
        button: (count: number) => t("Finish {count, plural, one {# contact} other {# contacts}}", { count }),
        done: (count: number) =>
          t("{count, plural, one {# contact} other {# contacts}} finished.", { count }),
      },
      remove: {
        name: t("Remove from all sequences …"),
        title: t("Remove from all sequences"),
        says: t("They leave these sequences and can be added again. Sent emails stay in their history."),
        button: (count: number) => t("Remove {count, plural, one {# contact} other {# contacts}}", { count }),
        done: (count: number) => t("{count, plural, one {# contact} other {# contacts}} removed.", { count }),
      },
    }) as const,
);

export const EVERYWHERE_VERBS: readonly EverywhereVerb[] = ["pause", "resume", "finish", "remove"];
