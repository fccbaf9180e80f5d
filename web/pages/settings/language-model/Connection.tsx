import { Button, NumberInput, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Model, type ModelWish, useDisconnect, useSaveModel } from "./queries.ts";
import { Trial } from "./Trial.tsx";

const AT_FIRST = {
  base_url: "",
  model: "",
  guidance: "",
  timeout_ms: 30_000,
  daily_calls: 200,
  max_tokens: 300,
  token_limit_name: "max_tokens",
} as const;

/** Where it is and how much it may be asked. */
export function Connection({ model }: { model: Model | null }) {
  const save = useSaveModel();
  const [isLeaving, setLeaving] = useState(false);
  const {
    base_url,
    model: name,
    guidance,
    timeout_ms,
    daily_calls,
    max_tokens,
    token_limit_name,
  } = model ?? AT_FIRST;
  const form = useForm({
    initialValues: {
      base_url,
      model: name,
      guidance,
      daily_calls,
      max_tokens,
      model_key: "",
      token_limit_name: token_limit_name as string,
      seconds: timeout_ms / 1000,
    },
  });
  const submit = ({ model_key, seconds, ...rest }: typeof form.values) =>
    save.mutate(
      {
        ...(rest as ModelWish),
        base_url: rest.base_url.trim(),
        timeout_ms: Math.round(seconds * 1000),
        ...(model_key !== "" && { model_key }),
      },
      {
        onSuccess: () => {
          form.setFieldValue("model_key", "");
          form.resetDirty({ ...form.values, model_key: "" });
          toast(model ? t("Language model saved.") : t("Language model connected. It is off."));
        },
      },
    );
  return (
    <Section
      title={t("Connection")}
      note={t(
        "Any server compatible with OpenAI chat completions: your own (llama.cpp, vLLM, Ollama) or a vendor's.",
      )}
    >
      <form className="stack" onSubmit={form.onSubmit(submit)}>
        <TextInput
          label={t("URL")}
          description={t("Usually ends with /v1. Private addresses must be listed in CADENZA_WEBHOOK_ALLOW.")}
          type="url"
          placeholder="https://models.example.com/v1"
          required
          withAsterisk={false}
          {...form.getInputProps("base_url")}
        />
        <TextInput
          label={t("Model")}
          placeholder="qwen3:8b"
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps("model")}
        />
        <PasswordInput
          label={t("API key")}
          description={t("Stored encrypted and never shown again. It is sent to this server only.")}
          placeholder={model?.has_key ? t("Keep the current key") : t("None")}
          autoComplete="off"
          {...form.getInputProps("model_key")}
        />
        <Textarea
          label={t("About your company")}
          description={t("Your offer, language and tone. Part of every prompt.")}
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps("guidance")}
        />
        <div className="row" style={{ alignItems: "end" }}>
          <NumberInput
            label={t("Calls per day")}
            min={0}
            max={100_000}
            allowDecimal={false}
            {...form.getInputProps("daily_calls")}
          />
          <NumberInput
            label={t("Tokens per answer")}
            min={50}
            max={16_000}
            allowDecimal={false}
            {...form.getInputProps("max_tokens")}
          />
          <NumberInput label={t("Timeout in seconds")} min={1} max={120} {...form.getInputProps("seconds")} />
          <Select
            label={t("Name of the token limit")}
            data={["max_tokens", "max_completion_tokens"]}
            allowDeselect={false}
            {...form.getInputProps("token_limit_name")}
          />
        </div>
        <Trouble error={save.error} doing="writing" />
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {model ? t("Save") : t("Connect")}
          </Button>
          {model && (
            <Button variant="default" onClick={() => setLeaving(true)}>
              {t("Disconnect …")}
            </Button>
          )}
        </div>
      </form>
      {model && <Trial />}
      {isLeaving && model && <Leaving model={model} onClose={() => setLeaving(false)} />}
    </Section>
  );
}

function Leaving({ model, onClose }: { model: Model; onClose: () => void }) {
  const leave = useDisconnect();
  return (
    <Confirm
      title={t("Disconnect {model}?", { model: model.model })}
      verb={t("Disconnect")}
      isBusy={leave.isPending}
      error={leave.error}
      onConfirm={() =>
        leave.mutate(undefined, {
          onSuccess: () => {
            toast(t("Language model disconnected."));
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>{t("Its URL and key will be deleted. Its suggestions stay for you to review.")}</p>
    </Confirm>
  );
}
