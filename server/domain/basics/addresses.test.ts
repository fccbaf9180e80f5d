import assert from "node:assert/strict";
import { test } from "node:test";
import { geoLocationOf } from "./addresses.ts";

const PLACES: [string, (string | null)[]][] = [
  ["Umea, Sweden", ["Umea", null, "Sweden", "Europe/Stockholm"]],
  ["Umeå, Sverige", ["Umeå", null, "Sweden", "Europe/Stockholm"]],
  ["Los Angeles, CA", ["Los Angeles", "California", "United States", "America/Los_Angeles"]],
  ["12 Main St, Springfield, IL 62701, USA", ["Springfield", "Illinois", "United States", "America/Chicago"]],
  ["London, Ontario, Canada", ["London", "Ontario", "Canada", "America/Toronto"]],
  ["London, UK", ["London", null, "United Kingdom", "Europe/London"]],
  ["London", ["London", null, "United Kingdom", "Europe/London"]],
  ["10115 Berlin, Germany", ["Berlin", null, "Germany", "Europe/Berlin"]],
  ["Paris, Texas, United States", ["Paris", "Texas", "United States", "America/Chicago"]],
  ["Singapore", [null, null, "Singapore", "Asia/Singapore"]],
  ["Germany", [null, null, "Germany", "Europe/Berlin"]],
  ["United States", [null, null, "United States", null]],
  ["Nesbyen, Norway", ["Nesbyen", null, "Norway", "Europe/Oslo"]],
  ["Nirgendwo 7, Ruritania", [null, null, null, null]],
  [" , ,", [null, null, null, null]],
];

for (const [address, expected] of PLACES) {
  test(`${address} is ${expected.join(", ")}`, () => {
    const { city, state, country, timeZone } = geoLocationOf(address);
    assert.deepEqual([city, state, country, timeZone], expected);
  });
}
