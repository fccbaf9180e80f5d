// Writes the etags into an answer. Where they belong is read off the contract, once for each call.

import { hash } from "node:crypto";
import { type Cover, type Endpoint, tagged } from "@cadenza/contract";
import type { z } from "zod";
import { canonical } from "./canonical.ts";

type Bag = Record<string, unknown>;

/** Told of each record: by its etag's field in the contract, with its id. */
type Found = (field: z.ZodType, record: Bag, id: unknown) => void;

type Tagger = (answer: unknown, found?: Found) => void;

const known = new WeakMap<Endpoint, Tagger>();

/** Walking a schema costs more than walking an answer, so it is done once. */
export function taggerOf(endpoint: Endpoint): Tagger {
  const tagger = known.get(endpoint) ?? compile(endpoint.output) ?? (() => {});
  known.set(endpoint, tagger);
  return tagger;
}

/** Null where no record in it has an etag. */
function compile(schema: z.ZodType): Tagger | null {
  const { shape, element } = schema as { shape?: Record<string, z.ZodType>; element?: z.ZodType };
  const { innerType, options } = schema.def as { innerType?: z.ZodType; options?: z.ZodType[] };
  if (shape) return ofRecord(shape);
  if (element) return ofEach(compile(element));
  if (innerType) return compile(innerType);
  const each = options?.flatMap((one) => compile(one) ?? []) ?? [];
  if (each.length === 0) return null;
  return (answer, found) => {
    for (const one of each) one(answer, found);
  };
}

function ofEach(each: Tagger | null): Tagger | null {
  if (!each) return null;
  return (answer, found) => {
    if (Array.isArray(answer)) for (const one of answer) each(one, found);
  };
}

function ofRecord(shape: Record<string, z.ZodType>): Tagger | null {
  const within = Object.entries(shape).flatMap(([key, part]) => {
    const inner = compile(part);
    return inner ? ([[key, inner]] as const) : [];
  });
  const field = shape.etag;
  const cover = field && tagged.get(field);
  if (within.length === 0 && !cover) return null;
  return (answer, found) => {
    if (typeof answer !== "object" || answer === null) return;
    const record = answer as Bag;
    for (const [key, inner] of within) inner(record[key], found);
    if (!field || !cover || record.deleted === true) return;
    const id = (cover.idIn ? (record[cover.idIn] as Bag | undefined) : record)?.id ?? null;
    record.etag = etagOf(id, record, cover);
    found?.(field, record, id);
  };
}

/** The database keeps the keys of an object in an order of its own, so they count in one. */
function etagOf(id: unknown, record: Bag, cover: Cover) {
  const parts: unknown[] = [id];
  for (const [key, keys] of cover.parts) {
    const value = record[key];
    if (value !== undefined) parts.push(key, keys === "whole" ? value : partOf(value, keys));
  }
  return hash("sha256", canonical(parts), "base64url").slice(0, 20);
}

function partOf(value: unknown, keys: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => partOf(one, keys));
  if (typeof value !== "object" || value === null) return value;
  return keys.map((key) => (value as Bag)[key] ?? null);
}
