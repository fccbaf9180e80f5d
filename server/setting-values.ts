// What a value of the environment must be, and what is said where it is something else.

import { isAbsolute, resolve } from "node:path";
import type { settings } from "./kernel/settings.ts";

export class BadConfiguration extends Error {}

/** Reads one setting; its default where it is not set. */
export type Get = (name: keyof typeof settings) => string;

export function whole(name: string, text: string, least: number, most: number) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new BadConfiguration(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
  }
  return number;
}

export function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (!found) throw new BadConfiguration(`${name} must be one of ${allowed.join(", ")}, not "${text}".`);
  return found;
}

export function list(text: string) {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** With http or https, and without a user or password, which would be sent along. */
export function absoluteUrl(name: string, text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new BadConfiguration(`${name} must be a URL with http:// or https://, not "${text}".`);
  return url;
}

export function absolute(path: string) {
  return isAbsolute(path) ? path : resolve(path);
}
