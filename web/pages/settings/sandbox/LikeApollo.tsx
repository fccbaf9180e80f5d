import { Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Profile, profileQuery, useSetProfile } from "./queries.ts";

const PLANS: readonly { value: Profile["plan"]; label: string }[] = perLanguage(() => [
  { value: "free", label: t("Free") },
  { value: "basic", label: t("Basic") },
  { value: "professional", label: t("Professional") },
  { value: "organization", label: t("Organization") },
]);

/** Whether programs get what Apollo documents, and nothing else. */
export function LikeApollo() {
  const { data: profile } = useQuery(profileQuery);
  const save = useSetProfile();
  if (!profile) return null;
  return (
    <Section
      title={t("Answer as Apollo does")}
      note={t("For API keys and access tokens. The web app stays as it is.")}
    >
      <div className="stack">
        <Switch
          label={t("Only calls, parameters and fields that Apollo documents")}
          checked={profile.strict}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ ...profile, strict: event.currentTarget.checked })}
        />
        <Select
          label={t("Apollo plan")}
          description={t("Sets the rate limits and which calls are included.")}
          data={PLANS}
          value={profile.plan}
          allowDeselect={false}
          disabled={save.isPending || !profile.strict}
          maw="20rem"
          onChange={(plan) => plan && save.mutate({ ...profile, plan })}
        />
        <Trouble error={save.error} doing="writing" />
      </div>
    </Section>
  );
}
