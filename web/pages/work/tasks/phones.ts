import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

/** What kind of phone number it is. */
export const PHONES: Record<string, string> = perLanguage(() => ({
  work_direct: t("direct"),
  work_hq: t("headquarters"),
  mobile: t("mobile"),
  home: t("home"),
  other: "",
}));
