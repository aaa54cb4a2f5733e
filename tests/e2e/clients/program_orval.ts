// What a client made by orval can rely on: `tsc --strict` proves the types, the run proves the values.

import { getEvent, listEvents, listTradeFigures } from "./hkus.js";
import type { ErrorObject, EventRow, ListEventsParams, NumberValue, TradeFigureRow } from "./model/index.js";

// The addresses of the client are relative to the server.
declare const process: { argv: string[] };
const plainFetch = globalThis.fetch;
globalThis.fetch = (input, init) => plainFetch(new URL(String(input), process.argv[2]), init);

// An answer may be an export too, which is text.
function page<A extends { status: number; data: unknown }>(answer: A) {
  if (typeof answer.data === "string") throw new Error("This is an export.");
  return answer.data as Exclude<A["data"], string>;
}

async function eventsOf2020() {
  const ids: string[] = [];
  const query: ListEventsParams = { date_from: "2020", date_to: "2020", type: ["order", "legislation"], limit: 2 };
  let total: number | null = null;
  for (let cursor: string | undefined, last = false; !last; ) {
    const answer = await listEvents(cursor === undefined ? query : { ...query, cursor });
    if (answer.status !== 200) throw new Error(`status ${answer.status}`);
    const { data: rows, links, meta } = page(answer);
    ids.push(...rows.map((row: EventRow) => row.id));
    total = meta.total;
    cursor = new URL(links.next ?? "", "http://unused").searchParams.get("cursor") ?? undefined;
    last = cursor === undefined;
  }
  return { ids, total };
}

async function itsProof(id: string) {
  const answer = await getEvent(id);
  if (answer.status !== 200) throw new Error(`status ${answer.status}`);
  const row = answer.data.data;
  const quoted: string[] = row.citations.map((citation) => citation.exact);
  const values: (number | null)[] = row.numbers.map((number: NumberValue) => number.value);
  return { quoted: quoted.length, values };
}

async function exportsOf2006() {
  const answer = await listTradeFigures({ date: "2006", indicator: ["exports"] });
  if (answer.status !== 200) throw new Error(`status ${answer.status}`);
  const row: TradeFigureRow | undefined = page(answer).data[0];
  const value: number | null | undefined = row?.value;
  return value;
}

async function refusal() {
  const answer = await listEvents({ date: "2020-02-30" });
  if (answer.status !== 400) throw new Error(`status ${answer.status}`);
  const [error]: ErrorObject[] = answer.data.errors;
  return { status: answer.data.status, code: error?.code };
}

// @ts-expect-error: there is no such code
void (() => listEvents({ type: ["ordr"] }));

console.log(
  JSON.stringify({
    events: await eventsOf2020(),
    proof: await itsProof("hong-kong-autonomy-act-signed"),
    exports: await exportsOf2006(),
    refusal: await refusal(),
  }),
);
