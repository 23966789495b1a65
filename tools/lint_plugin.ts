// The house rules of CONTRIBUTING.md as code: who may import whom, and what the pure part may not
// touch. `deno lint` loads this file; tools/lint_plugin_test.ts shows each rule firing.

/** What each room may import besides npm packages and itself. `main.ts` and tests may import all. */
const ALLOWED_IMPORTS: Record<string, readonly string[]> = {
  core: [],
  render: ["core"],
  host: ["core"],
  cli: ["core"],
};

const IMPURE_GLOBALS = new Set([
  "Deno",
  "Date",
  "performance",
  "fetch",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
]);

/** The room of a file: `core` for `…/src/core/rules/classic.ts`, `undefined` outside of `src/`. */
function roomOf(filename: string): string | undefined {
  return /\/src\/([a-z]+)\//.exec(filename.replaceAll("\\", "/"))?.[1];
}

function isTest(filename: string): boolean {
  return filename.endsWith("_test.ts") || filename.includes("/src/testing/");
}

/** The room that a relative import leads to, seen from `filename`; `undefined` for packages. */
function importedRoom(filename: string, source: string): string | undefined {
  if (!source.startsWith(".")) return undefined;
  const target = new URL(source, `file://${filename}`).pathname;
  return roomOf(target) ?? (target.includes("/src/") ? "(src)" : undefined);
}

const importDirection: Deno.lint.Rule = {
  create(context) {
    const room = roomOf(context.filename);
    const allowed = room === undefined ? undefined : ALLOWED_IMPORTS[room];
    if (room === undefined || allowed === undefined || isTest(context.filename)) return {};
    return {
      ImportDeclaration(node) {
        const target = importedRoom(context.filename, node.source.value);
        if (target === undefined || target === room || allowed.includes(target)) return;
        context.report({
          node,
          message: `src/${room} must not import from src/${target}`,
          hint: `src/${room} may import: ${[room, ...allowed].join(", ")}`,
        });
      },
    };
  },
};

const pureCore: Deno.lint.Rule = {
  create(context) {
    const room = roomOf(context.filename);
    if ((room !== "core" && room !== "render") || isTest(context.filename)) return {};
    return {
      Identifier(node) {
        if (!IMPURE_GLOBALS.has(node.name)) return;
        const parent = node.parent;
        if (parent.type === "MemberExpression" && parent.property === node && !parent.computed) {
          return;
        }
        if (parent.type === "Property" && parent.key === node) return;
        context.report({ node, message: `src/${room} is pure: it must not touch ${node.name}` });
      },
    };
  },
};

const onlyMainExits: Deno.lint.Rule = {
  create(context) {
    if (roomOf(context.filename) === undefined && !context.filename.endsWith("/supervisor.ts")) {
      return {};
    }
    return {
      'CallExpression[callee.object.name="Deno"][callee.property.name="exit"]'(node) {
        context.report({ node, message: "main.ts alone exits: return a code instead" });
      },
    };
  },
};

/** Output of ours has one order and never delays the child's: it goes through an Outlet. */
const noConsole: Deno.lint.Rule = {
  create(context) {
    if (!context.filename.includes("/src/") || isTest(context.filename)) return {};
    return {
      'MemberExpression[object.name="console"]'(node) {
        context.report({ node, message: "src must not use console: write to an Outlet instead" });
      },
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "bailout",
  rules: {
    "import-direction": importDirection,
    "pure-core": pureCore,
    "only-main-exits": onlyMainExits,
    "no-console": noConsole,
  },
};

export default plugin;
