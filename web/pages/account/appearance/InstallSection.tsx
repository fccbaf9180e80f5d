import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { isInstalled, useInstallPrompt } from "../../../worker/install-prompt.ts";

/** The button where the browser has a question to ask, and otherwise the words that lead there. */
export function InstallSection() {
  const ask = useInstallPrompt();
  const isApp = isInstalled();
  const canAsk = ask !== null && !isApp;
  return (
    <Section title={t("App")} note={t("Cadenza in a window of its own, on a phone or a computer.")}>
      {canAsk ? (
        <div>
          <Button variant="default" onClick={() => void ask()}>
            {t("Install app")}
          </Button>
        </div>
      ) : (
        <p>{isApp ? t("You are using the app.") : howTo()}</p>
      )}
      <p className="small">
        <a href="/help/guides/install-app">{t("How to install the app")}</a>
      </p>
    </Section>
  );
}

function howTo() {
  if (!isSecureContext) return t("Browsers install apps only from an address that starts with https://.");
  // Safari on iPhones and iPads alone has this property, and no way to ask.
  if ("standalone" in navigator) return t("In Safari, press Share, then Add to Home Screen.");
  return t("This browser does not offer to install the app now. Its menu may have an entry for it.");
}
