import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { StateKind } from "../../../parts/State.tsx";
import type { PlacementTest } from "./placement-queries.ts";

type Result = PlacementTest["results"][number];
type PlaceKey = keyof PlacementTest["counts"];

export const PLACES: readonly { key: PlaceKey; name: string; kind: StateKind }[] = perLanguage(() => [
  { key: "inbox", name: t("Inbox"), kind: "good" },
  { key: "tab", name: t("Other tab"), kind: "waiting" },
  { key: "spam", name: t("Spam"), kind: "bad" },
  { key: "folder", name: t("Other folder"), kind: "waiting" },
  { key: "missing", name: t("Not found"), kind: "bad" },
  { key: "unread", name: t("Seed not readable"), kind: "off" },
  { key: "unsent", name: t("Not sent"), kind: "off" },
  { key: "open", name: t("Under way"), kind: "off" },
]);

const PROVIDERS: Record<string, string> = perLanguage(() => ({
  google: t("Google"),
  microsoft: t("Microsoft"),
  yahoo: t("Yahoo"),
  apple: t("Apple"),
  gmx: t("GMX, WEB.DE"),
  other: t("other mail servers"),
}));

export function providerName(provider: string) {
  return PROVIDERS[provider] ?? provider;
}

const TABS: Record<string, string> = perLanguage(() => ({
  promotions: t("Promotions"),
  social: t("Social"),
  updates: t("Updates"),
  forums: t("Forums"),
  other: t("Other"),
}));

/** A folder's own name, or a tab's as the provider shows it. */
export function folderName({ place, folder }: Result) {
  if (folder === null || place === "inbox") return null;
  return place === "tab" ? (TABS[folder] ?? folder) : folder;
}

const WAITS: Record<string, string> = perLanguage(() => ({
  limit: t("Waits for the limits of the mailbox"),
  mailbox: t("Waits for the mailbox, which is not connected"),
  sending_paused: t("Waits because sending is paused"),
  server: t("The mail server did not take it yet"),
}));

const TROUBLES: Record<string, string> = perLanguage(() => ({
  auth_failed: t("The seed's mail server rejects the sign-in."),
  closed: t("The seed mailbox is not connected."),
  suppressed: t("Not sent: the seed is on the Do not email list."),
}));

/** Beside the place: what holds it up, or why there is no result. */
export function noteOn({ delivery, waits_for, trouble, place }: Result) {
  if (trouble !== null) return TROUBLES[trouble] ?? t("The seed's mail server cannot be read now.");
  if (delivery === "waiting") return waits_for === null ? null : (WAITS[waits_for] ?? null);
  if (delivery === "unconfirmed")
    return t("The mail server did not confirm this email. It is not sent again.");
  return place === "missing" ? t("Not found within an hour.") : null;
}

type Advice = PlacementTest["advice"][number];

export function adviceSays({ code, providers, checks }: Advice): string {
  const at = providers.map(providerName).join(", ");
  switch (code) {
    case "auth":
      return t(
        "{checks} failed at {at}. Publish the records under Deliverability first: nothing else helps before.",
        { checks: checks.map((check) => check.toUpperCase()).join(", "), at },
      );
    case "spam":
      return t(
        "Spam at {at}. Send fewer emails there a day, with a limit per mail provider, and test a text with fewer links and images.",
        { at },
      );
    case "spam_everywhere":
      return t(
        "All providers put it into spam. Pause first emails from this mailbox, start a ramp, and test a plain text without links.",
      );
    case "tab":
      return t(
        "{at} shows it beside the main inbox, as advertising. Write it like a personal email: fewer links, images and formatting.",
        { at },
      );
    case "missing":
      return t("{at} took the email and shows it in no folder. This is often a filter or a quarantine.", {
        at,
      });
    case "unread":
      return t("A seed mailbox could not be read. Check its sign-in and test again.");
    case "good":
      return t("All emails arrived in the inbox.");
  }
}
