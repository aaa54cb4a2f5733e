// What a TypeScript client can rely on: `tsc --strict` proves the types, the run proves the values.

import createClient from "openapi-fetch";
import type { components, paths } from "./hkus.js";

type Schemas = components["schemas"];
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Optional<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

// Only what a query asks for may be missing; codes, kinds and words of closed lists are narrow.
export const proven: [
  Same<Optional<Schemas["EventRow"]>, "citations" | "match">,
  Same<Optional<Schemas["EventDetail"]>, "match">,
  Same<Optional<Schemas["PassageRow"]>, "cited_by" | "match">,
  Same<Optional<Schemas["EventPage"]>, never>,
  Same<Optional<Schemas["Problem"]>, never>,
  Same<Schemas["EventRow"]["kind"], "event">,
  Same<Schemas["EventRow"]["type"], Schemas["EventTypes"]>,
  Same<Schemas["LawStage"]["step"], Schemas["LawSteps"]>,
  Same<Schemas["PageMeta"]["total_relation"], "eq" | "gte" | null>,
  Same<Schemas["EventPage"]["facets"], { [name: string]: Schemas["Facet"] } | null>,
] = [true, true, true, true, true, true, true, true, true, true];

declare const process: { argv: string[] };
const api = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: process.argv[2] ?? "" });

async function firstEvent() {
  const { data, error } = await api.GET("/v1/events", {
    params: { query: { date: "2020-07", type: ["order", "legislation"], facet: ["type"], limit: 1 } },
  });
  if (error) throw new Error(error.detail);
  const row: Schemas["EventRow"] | undefined = data.data[0];
  const start: number | undefined = row?.citations?.[0]?.start; // not asked for, so not there
  return {
    edtf: row?.date?.edtf,
    roles: row?.actors.map((actor) => actor.role),
    match: row?.match?.date,
    start,
    total: data.meta.total,
    bucket: data.facets?.["type"]?.buckets[0]?.count,
  };
}

async function itsProof(id: string) {
  const { data, error, response } = await api.GET("/v1/events/{id}", { params: { path: { id } } });
  if (error) throw new Error(error.title);
  const quoted: string[] = data.data.citations.map((citation) => citation.exact);
  return { quoted: quoted.length, statements: data.links.statements.count, etag: response.headers.get("etag") };
}

async function refusal() {
  // @ts-expect-error: there is no such code
  const { data, error } = await api.GET("/v1/events", { params: { query: { type: ["ordr"] } } });
  if (data) throw new Error("A wrong code was answered.");
  const problem: Schemas["Problem"] = error;
  const code: Schemas["ErrorObject"]["code"] | undefined = problem.errors[0]?.code;
  return { status: problem.status, code, suggestion: problem.errors[0]?.suggestion };
}

// @ts-expect-error: there is no such route
void (() => api.GET("/v1/incidents"));

console.log(
  JSON.stringify({
    event: await firstEvent(),
    proof: await itsProof("hong-kong-autonomy-act-signed"),
    refusal: await refusal(),
  }),
);
