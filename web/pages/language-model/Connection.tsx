import { Button, NumberInput, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { type Model, type ModelWish, useDisconnect, useSaveModel } from "./queries.ts";
import { Trial } from "./Trial.tsx";

const AT_FIRST = {
  ...{ base_url: "", model: "", guidance: "", timeout_ms: 30_000, daily_calls: 200, max_tokens: 300 },
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
      ...{ base_url, model: name, guidance, daily_calls, max_tokens, model_key: "" },
      ...{ token_limit_name: token_limit_name as string, seconds: timeout_ms / 1000 },
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
          toast(model ? "The language model is saved." : "It is connected, and switched off.");
        },
      },
    );
  return (
    <Section
      title="Connection"
      note="Any server that speaks as OpenAI's chat completions do: your own (llama.cpp, vLLM, Ollama) or a vendor's."
    >
      <form className="stack" onSubmit={form.onSubmit(submit)}>
        <TextInput
          label="Address"
          description="Usually ends with /v1. Private ones must be listed in CADENZA_WEBHOOK_ALLOW."
          type="url"
          placeholder="https://models.example.com/v1"
          required
          withAsterisk={false}
          {...form.getInputProps("base_url")}
        />
        <TextInput
          label="Model"
          placeholder="qwen3:8b"
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps("model")}
        />
        <PasswordInput
          label="Key"
          description="Kept sealed, and never shown again. It goes to this server only."
          placeholder={model?.has_key ? "Stays as it is" : "None"}
          autoComplete="off"
          {...form.getInputProps("model_key")}
        />
        <Textarea
          label="What it should know of you"
          description="What you offer, the language, the tone. It stands in each prompt."
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps("guidance")}
        />
        <div className="row" style={{ alignItems: "end" }}>
          <NumberInput
            label="Calls a day, at most"
            min={0}
            max={100_000}
            allowDecimal={false}
            {...form.getInputProps("daily_calls")}
          />
          <NumberInput
            label="Tokens of an answer, at most"
            min={50}
            max={16_000}
            allowDecimal={false}
            {...form.getInputProps("max_tokens")}
          />
          <NumberInput label="Seconds to wait" min={1} max={120} {...form.getInputProps("seconds")} />
          <Select
            label="What it calls the limit"
            data={["max_tokens", "max_completion_tokens"]}
            allowDeselect={false}
            {...form.getInputProps("token_limit_name")}
          />
        </div>
        <Trouble error={save.error} doing="writing" />
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {model ? "Save" : "Connect"}
          </Button>
          {model && (
            <Button variant="default" onClick={() => setLeaving(true)}>
              Disconnect …
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
      title={`Disconnect ${model.model}?`}
      verb="Disconnect"
      isBusy={leave.isPending}
      error={leave.error}
      onConfirm={() =>
        leave.mutate(undefined, {
          onSuccess: () => {
            toast("The language model is disconnected.");
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>Its address and its key are forgotten. What it has suggested stays, for you to decide on.</p>
    </Confirm>
  );
}
