import { Fragment, type ReactNode, useSyncExternalStore } from "react";
import { onLanguageChange, spokenNow } from "./t.ts";

/** Draws everything inside anew when the language changes. */
export function InLanguage({ children }: { children: ReactNode }) {
  const { code } = useSyncExternalStore(onLanguageChange, spokenNow);
  return <Fragment key={code}>{children}</Fragment>;
}
