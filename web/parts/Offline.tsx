import { Group, Loader } from "@mantine/core";
import { useEffect } from "react";
import { t } from "../language/t.ts";
import { api } from "../session.ts";
import { Door } from "./Door.tsx";

const LOOK_EVERY_MS = 5_000;

/** In place of a page that needs the server. Opens that page as soon as the server answers. */
export function Offline() {
  useEffect(() => {
    const look = () =>
      void api.auth.health().then(
        () => location.reload(),
        () => {},
      );
    const timer = setInterval(look, LOOK_EVERY_MS);
    addEventListener("online", look);
    return () => {
      clearInterval(timer);
      removeEventListener("online", look);
    };
  }, []);
  return (
    <Door
      title={t("You are offline")}
      says={t("Cadenza cannot reach its server. This page opens again by itself as soon as it can.")}
    >
      <Group gap={8} role="status">
        <Loader size="1rem" aria-hidden />
        {t("Trying again every few seconds")}
      </Group>
    </Door>
  );
}
