// What tools take, in an agent's words.

import { z } from "zod";

export const id = z
  .string()
  .trim()
  .regex(/^[0-9a-fA-F]{24}$/, "is not an id: 24 hexadecimal characters");
export const ids = (what: string) => z.array(id).min(1).max(10_000).describe(what);
export const page = z.number().int().min(1).max(500).default(1);
export const perPage = z.number().int().min(1).max(100).default(25);
export const confirm = z
  .boolean()
  .default(false)
  .describe("False shows what would happen and changes nothing. Ask the user, then call again with true");
export const day = z.string().describe("ISO 8601 with zone, such as 2026-03-02T09:00:00+01:00");
