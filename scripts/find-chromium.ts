// Finds the browser for the journeys, or says how to get one.

import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ROOT } from "./packages.mjs";
import { Sentence } from "./sentence.mjs";

/** Answers a Chromium that is there, or installs one and answers that. */
export function getChromium(): string {
  const named = process.env.CADENZA_CHROMIUM;
  if (named && !existsSync(named))
    throw new Sentence(`CADENZA_CHROMIUM names ${named}, which does not exist.`);
  const found = named ?? findChromium() ?? installChromium();
  if (found) return found;
  throw new Sentence(
    "The journeys need Chromium (or Chrome); none was found and none could be installed. " +
      "Install one, or set CADENZA_CHROMIUM to its path.",
  );
}

/** Chromium without its windows, if it is there: it takes half the processor time for the same pages, and shows no notifications. */
export function findHeadlessShell(): string | undefined {
  return onPath(["chromium-headless-shell"]);
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const USUAL_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["/usr/lib/chromium/chromium", "/opt/google/chrome/chrome", "/snap/bin/chromium"],
  darwin: ["/Applications", join(homedir(), "Applications")].flatMap((folder) => [
    `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
  ]),
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => [
    join(process.env[name] ?? "C:\\", "Google\\Chrome\\Application\\chrome.exe"),
    join(process.env[name] ?? "C:\\", "Chromium\\Application\\chrome.exe"),
  ]),
};

function findChromium(): string | undefined {
  const usual = USUAL_PLACES[process.platform] ?? [];
  return onPath(NAMES) ?? usual.find((path) => existsSync(path)) ?? findPlaywrightChromium();
}

function onPath(names: readonly string[]): string | undefined {
  const ending = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}

/** What Playwright downloaded, for us or for another project; the newest, because folders carry its revision. */
function findPlaywrightChromium(): string | undefined {
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(homedir(), "Library", "Caches", "ms-playwright"),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), "ms-playwright"),
  };
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    caches[process.platform] ??
    join(homedir(), ".cache", "ms-playwright");
  const programs =
    "{chrome,chrome.exe,chrome-headless-shell,chrome-headless-shell.exe,headless_shell,Chromium,Google Chrome for Testing}";
  const found = globSync([`chromium*/*/${programs}`, `chromium*/*/*.app/Contents/MacOS/${programs}`], {
    cwd: cache,
  });
  return found
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((path) => join(cache, path))
    .at(-1);
}

/** Tries the system's package manager, which brings the libraries a browser needs, then Playwright's download. */
function installChromium(): string | undefined {
  console.error("No Chromium here; installing one ...");
  for (const commands of waysToInstall()) {
    if (commands.every((command) => runs(command))) {
      const found = findChromium();
      if (found) return found;
    }
  }
  return undefined;
}

function waysToInstall(): string[][][] {
  const playwright = [
    [process.execPath, join(ROOT, "node_modules", "playwright-core", "cli.js"), "install", "chromium"],
  ];
  if (process.platform === "win32") return [playwright];
  if (process.platform === "darwin") return [[["brew", "install", "--cask", "chromium"]], playwright];
  const root = process.getuid?.() === 0 ? [] : ["sudo", "-n"]; // -n: never wait for a password
  const apt = [...root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
  const install = [...apt, "install", "-y", "--no-install-recommends"];
  return [
    [
      [...apt, "update"],
      [...install, "chromium", "chromium-headless-shell"],
    ],
    [[...install, "chromium"]],
    [[...root, "dnf", "install", "-y", "-q", "chromium"]],
    [[...root, "apk", "add", "--no-cache", "chromium"]],
    playwright,
  ];
}

function runs([program = "", ...args]: string[]) {
  const { status } = spawnSync(program, args, { stdio: ["ignore", "ignore", 2] });
  return status === 0;
}
