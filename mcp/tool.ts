// One tool for an agent: described, checked, and built from the API calls listed in `calls`. The tool is hidden from a key
// that may not make all of them.

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
