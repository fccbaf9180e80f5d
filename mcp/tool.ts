// One thing an agent can do: in its own words, checked, and made of the calls of the API that stand in `calls`.
// Whoever's key may not make all of them is not shown the tool.

import type { Client } from "@cadenza/sdk";
import type { z } from "zod";

export type Tool<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  name: string;
  title: string;
  description: string;
  /** As the SDK names them: `contacts.search`. */
  calls: readonly string[];
  /** Changes nothing. */
  reads: boolean;
  /** Mails people, or takes away what does not come back by itself. */
  isWeighty?: boolean;
  input: Shape;
  run(api: Client, input: z.output<z.ZodObject<Shape>>): Promise<unknown>;
};

/** Keeps the types of a tool's input together. */
export function tool<Shape extends z.ZodRawShape>(spec: Tool<Shape>): Tool {
  return spec as unknown as Tool;
}
