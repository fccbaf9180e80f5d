// What a server that speaks as OpenAI's chat completions do has said. Only one shape is an answer: one message of the
// assistant, finished, with a JSON object as its text. Whatever else comes is a fault with a name.

type ModelFault =
  | "not_json"
  | "wrong_shape"
  | "wrong_role"
  | "tool_calls"
  | "refused"
  | "cut_short"
  | "no_json_inside";

export type TokenUsage = { prompt: number | null; completion: number | null };

export type Completion =
  | { kind: "said"; content: Readonly<Record<string, unknown>>; tokens: TokenUsage }
  | { kind: "faulty"; error: ModelFault; tokens: TokenUsage };

const MOST_TOKENS = 10_000_000;
const UNKNOWN: TokenUsage = { prompt: null, completion: null };

export function readCompletion(body: string): Completion {
  const answer = parsed(body);
  if (answer === undefined) return { kind: "faulty", error: "not_json", tokens: UNKNOWN };
  const tokens = tokensIn(answer);
  const content = contentIn(answer);
  return typeof content === "string"
    ? { kind: "faulty", error: content, tokens }
    : { kind: "said", content, tokens };
}

function contentIn(answer: unknown): ModelFault | Record<string, unknown> {
  const choices = isObject(answer) ? answer.choices : null;
  const [choice, ...others] = Array.isArray(choices) ? (choices as unknown[]) : [];
  if (!isObject(choice) || others.length > 0 || !isObject(choice.message)) return "wrong_shape";
  const { message, finish_reason: finish } = choice;
  if (message.role !== "assistant") return "wrong_role";
  if (isThere(message.tool_calls) || isThere(message.function_call) || finish === "tool_calls")
    return "tool_calls";
  if (isThere(message.refusal) || finish === "content_filter") return "refused";
  if (finish === "length") return "cut_short";
  if (finish !== "stop" || typeof message.content !== "string") return "wrong_shape";
  const content = parsed(message.content);
  return isObject(content) ? content : "no_json_inside";
}

function tokensIn(answer: unknown): TokenUsage {
  const usage = isObject(answer) && isObject(answer.usage) ? answer.usage : {};
  return { prompt: countIn(usage.prompt_tokens), completion: countIn(usage.completion_tokens) };
}

/** What a server claims to have counted is believed within reason. */
function countIn(value: unknown) {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_TOKENS ? Number(value) : null;
}

function isThere(value: unknown) {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What came of a question, as far as the network let it. */
export type ModelAnswer = { tookMs: number; tokens: TokenUsage } & (
  | { kind: "said"; content: Readonly<Record<string, unknown>> }
  | { kind: "failed"; error: string; retryAfterMs: number | null }
);
