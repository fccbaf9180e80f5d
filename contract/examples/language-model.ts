import type { Example } from "../endpoint.ts";

const model = {
  base_url: "http://10.0.0.5:11434/v1",
  model: "qwen3:8b",
  has_key: false,
  guidance: "We sell spare parts for power plants. Write in English, short and calm.",
  timeout_ms: 30_000,
  daily_calls: 200,
  max_tokens: 300,
  token_limit_name: "max_tokens",
  drafts_openers: true,
  suggests_classes: false,
  paused_until: null,
  last_error: null,
  created_at: "2026-02-02T08:00:00.000Z",
  updated_at: "2026-02-02T08:00:00.000Z",
};

export const languageModel: Record<string, readonly Example[]> = {
  "languageModel.save": [
    {
      title: "A model on the local network",
      isShownElsewhere: true,
      input: {
        base_url: model.base_url,
        model: model.model,
        guidance: model.guidance,
        drafts_openers: true,
      },
      answer: { language_model: model },
    },
  ],
  "languageModel.show": [
    {
      title: "Usage of the model",
      input: {},
      answer: {
        language_model: model,
        usage: [
          {
            day: "2026-02-03",
            calls: 10,
            failed: 0,
            unfit: 1,
            prompt_tokens: 2600,
            completion_tokens: 300,
          },
        ],
      },
    },
  ],
  "languageModel.test": [
    {
      title: "The API key is wrong",
      input: {},
      answer: {
        outcome: "failed",
        error: "key_refused",
        says: "The server rejected the key.",
        opener: null,
        took_ms: 120,
        prompt_tokens: null,
        completion_tokens: null,
      },
    },
  ],
};
