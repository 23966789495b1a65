import { main } from "./src/program.ts";

Deno.exit(await main(Deno.args));
