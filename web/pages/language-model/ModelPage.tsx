import { Page, Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { Connection } from "./Connection.tsx";
import { Prompts } from "./Prompts.tsx";
import { type Model, useModel } from "./queries.ts";
import { Switches } from "./Switches.tsx";
import { Usage } from "./Usage.tsx";

/** A model of the team's own: where it is, what it does, what it is told, and how much it was asked. */
export function ModelPage() {
  return (
    <AdminsOnly title="Language model" what="Admins say whether a language model helps, and what it is told.">
      <TheModel />
    </AdminsOnly>
  );
}

function TheModel() {
  const { data, error, refetch } = useModel();
  const model = data?.language_model ?? null;
  return (
    <Page title="Language model" state={data && sayModel(model)}>
      <div className="stack" style={{ gap: 24 }}>
        <Trouble error={error} onRetry={() => void refetch()} />
        {data && <Connection key={model ? "connected" : "none"} model={model} />}
        {model && <Switches model={model} />}
        {data && (
          <Section
            title="What it is told"
            note="Word for word, here of somebody invented. Of your contacts it learns no more than this shows, and nothing of whoever may not be written to."
          >
            <Prompts />
          </Section>
        )}
        {model && (
          <Section title="How much it was asked" note="In the last 30 days.">
            <Usage usage={data?.usage ?? []} />
          </Section>
        )}
      </div>
    </Page>
  );
}

function sayModel(model: Model | null) {
  if (!model) return "None is connected, and nothing is told to any.";
  if (model.paused_until && new Date(model.paused_until) > new Date())
    return `Left in peace for now: ${model.last_error ?? "it asked for a pause."}`;
  const does = [
    model.drafts_openers && "drafts openers",
    model.suggests_classes && "suggests what replies are",
  ];
  const words = does.filter(Boolean).join(" and ");
  return words ? `${model.model} ${words}; people decide.` : `${model.model} is connected, and switched off.`;
}
