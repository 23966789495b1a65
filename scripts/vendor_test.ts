import { assertEquals, assertMatch } from "@std/assert";
import { vendorHasBase } from "./vendor.ts";

function fetcherOf(answer: () => Response): { fetcher: typeof fetch; urls: string[] } {
  const urls: string[] = [];
  const fetcher: typeof fetch = (input) => {
    urls.push(String(input));
    return new Promise((resolve) => resolve(answer()));
  };
  return { fetcher, urls };
}

Deno.test("vendorHasBase() asks for the base of this target and version", async () => {
  const { fetcher, urls } = fetcherOf(() => new Response());
  assertEquals(await vendorHasBase("aarch64-unknown-linux-gnu", "2.7.11", fetcher), true);
  assertMatch(urls.join(), /v2\.7\.11\/denort-aarch64-unknown-linux-gnu\.zip$/);
});

Deno.test("vendorHasBase() is false when the vendor doesn't have it or can't be reached", async () => {
  const absent = fetcherOf(() => new Response(null, { status: 404 }));
  assertEquals(await vendorHasBase("x", "0.0.0", absent.fetcher), false);
  const unreachable = fetcherOf(() => {
    throw new TypeError("connection refused");
  });
  assertEquals(await vendorHasBase("x", "0.0.0", unreachable.fetcher), false);
});
