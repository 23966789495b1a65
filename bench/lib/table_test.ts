import { assertEquals } from "@std/assert";
import { atLeast, atMost, isMet, ratioOf, type Row } from "./row.ts";
import { formatFigure, renderTable } from "./table.ts";

const ROW: Row = { what: "throughput", unit: "MB/s", figure: 300 };
const against = (figure: number) => ({ name: "the wrapper", figure });

Deno.test("ratioOf() is bailout's figure as a multiple of the peer's", () => {
  assertEquals(ratioOf({ ...ROW, peer: against(600) }), 0.5);
});

Deno.test("ratioOf() is undefined without a peer, or where either never finished", () => {
  assertEquals(ratioOf(ROW), undefined);
  assertEquals(ratioOf({ ...ROW, peer: against(Infinity) }), undefined);
  assertEquals(ratioOf({ ...ROW, figure: Infinity, peer: against(2) }), undefined);
  assertEquals(ratioOf({ ...ROW, peer: against(0) }), undefined);
});

Deno.test("isMet() counts the bound itself as met", () => {
  assertEquals(isMet({ ...ROW, target: atLeast(300) }), true);
  assertEquals(isMet({ ...ROW, target: atMost(300) }), true);
  assertEquals(isMet({ ...ROW, target: atLeast(300.1) }), false);
  assertEquals(isMet({ ...ROW, target: atMost(299.9) }), false);
});

Deno.test("isMet() holds a ratio against a target of ratios", () => {
  assertEquals(isMet({ ...ROW, peer: against(500), target: atLeast(0.6, "ratio") }), true);
  assertEquals(isMet({ ...ROW, peer: against(600), target: atLeast(0.6, "ratio") }), false);
});

Deno.test("isMet() is false for what never happened, undefined for a peer that is missing", () => {
  assertEquals(isMet({ ...ROW, figure: Infinity, target: atMost(5) }), false);
  assertEquals(isMet({ ...ROW, target: atLeast(1, "ratio") }), undefined);
  assertEquals(isMet(ROW), undefined);
});

Deno.test("formatFigure() writes three digits that count", () => {
  assertEquals(formatFigure(1234.5, "MB/s"), "1235 MB/s");
  assertEquals(formatFigure(23.456, "ms"), "23.5 ms");
  assertEquals(formatFigure(1.234, "s/GB"), "1.23 s/GB");
  assertEquals(formatFigure(Infinity, "ms"), "never");
});

Deno.test("renderTable() pads the columns and says which targets are met", () => {
  const rows: Row[] = [
    { ...ROW, peer: against(500), target: atLeast(1, "ratio") },
    { what: "latency", unit: "ms", figure: 4.2, target: atMost(5) },
  ];
  assertEquals(
    renderTable(rows),
    `
| measured   | bailout  | compared with |          | ratio | target |            |
| ---------- | -------- | ------------- | -------- | ----- | ------ | ---------- |
| throughput | 300 MB/s | the wrapper   | 500 MB/s | 0.60  | ≥ 1 ×  | **missed** |
| latency    | 4.20 ms  |               |          |       | ≤ 5 ms | met        |`.slice(1),
  );
});
