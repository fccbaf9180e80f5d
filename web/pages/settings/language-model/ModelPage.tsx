import { listFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Page, Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { Connection } from "./Connection.tsx";
import { Prompts } from "./Prompts.tsx";
import { type Model, useModel } from "./queries.ts";
import { Switches } from "./Switches.tsx";
import { Usage } from "./Usage.tsx";

const ALL = listFormat({ type: "conjunction" });

/** A model of the team's own: where it is, what it does, what it is told, and how much it was asked. */
export function ModelPage() {
  return (
    <AdminsOnly
      title={t("Language model")}
      what={t("A language model can draft openers and suggest the type of a reply.")}
    >
      <TheModel />
    </AdminsOnly>
  );
}

function TheModel() {
  const { data, error, refetch } = useModel();
  const model = data?.language_model ?? null;
  return (
    <Page title={t("Language model")} state={data && sayModel(model)}>
      <div className="stack" style={{ gap: 24 }}>
        <Trouble error={error} onRetry={() => void refetch()} />
        {data && <Connection key={model ? "connected" : "none"} model={model} />}
        {model && <Switches model={model} />}
        {data && (
          <Section
            title={t("Prompts")}
            note={t(
              "The exact prompts, here for an example contact. The model gets no other data, and none of contacts you may not email.",
            )}
          >
            <Prompts />
          </Section>
        )}
        {model && (
          <Section title={t("Usage")} note={t("In the last 30 days.")}>
            <Usage usage={data?.usage ?? []} />
          </Section>
        )}
      </div>
    </Page>
  );
}

function sayModel(model: Model | null) {
  if (!model) return t("No language model connected.");
  if (model.paused_until && new Date(model.paused_until) > currentTime())
    return t("Paused for now: {last_error}", { last_error: model.last_error ?? t("it asked for a pause.") });
  const does = [
    model.drafts_openers && t("drafts openers"),
    model.suggests_classes && t("suggests reply types"),
  ];
  const words = ALL.format(does.filter((one) => typeof one === "string"));
  return words
    ? t("{model} {words}. Users decide.", { model: model.model, words })
    : t("{model} is connected and off.", { model: model.model });
}
