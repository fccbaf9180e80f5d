// Run in a thread of its own by run-in-worker.ts.

import { parentPort, workerData } from "node:worker_threads";
import { forecast } from "../../../domain/insight/forecast.ts";
import { forecastBand } from "../../../domain/insight/forecast-band.ts";
import type { ForecastWork } from "./run-in-worker.ts";

const { facts, seen }: ForecastWork = workerData;
parentPort?.postMessage({ ...forecast(facts), band: seen && forecastBand(facts, seen) });
