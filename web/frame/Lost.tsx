import { Link } from "@tanstack/react-router";
import { t } from "../language/t.ts";
import { Door } from "../parts/Door.tsx";

export function Lost() {
  return (
    <Door title={t("Page not found")} says={t("Check the address. The page may have been deleted.")}>
      <p>
        <Link to="/">{t("Go to Home")}</Link>
      </p>
    </Door>
  );
}
