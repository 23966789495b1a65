import { assertEquals } from "@std/assert";
import { secretValues } from "./secrets.ts";

Deno.test("secretValues() takes the variables whose names look like secrets", () => {
  const env = {
    WANDB_API_KEY: "value-one",
    hf_token: "value-two",
    CLIENT_SECRET: "value-three",
    PGPASSWORD: "value-four",
    AWS_CREDENTIALS: "value-five",
    HOME: "/home/somebody",
    PATH: "/usr/local/bin",
  };
  const all = ["value-one", "value-two", "value-three", "value-four", "value-five"];
  assertEquals(secretValues(env), all);
});

Deno.test("secretValues() leaves values of less than 8 characters alone", () => {
  assertEquals(secretValues({ USE_TOKEN: "true", A_KEY: "1234567", B_KEY: "12345678" }), [
    "12345678",
  ]);
});

Deno.test("secretValues() also has each line of a value that has several", () => {
  const pem = "-----BEGIN-----\nMIIEvQIBADAN\n\n-----END-----\n";
  assertEquals(secretValues({ PRIVATE_KEY: pem, SAME_KEY: pem }), [
    pem.trim(),
    "-----BEGIN-----",
    "MIIEvQIBADAN",
    "-----END-----",
  ]);
});
