import { run } from "../../scripts/command.ts";
import { BINARY, type Stage } from "./bailout.ts";
import { waitFor } from "./wait_for.ts";

/** Why there is no terminal to type at; `undefined` where tmux and bash are installed. */
export async function whyNoTerminal(): Promise<string | undefined> {
  for (const program of ["tmux", "bash"]) {
    try {
      await run("sh", ["-c", `command -v ${program}`]);
    } catch {
      return `no ${program} here`;
    }
  }
}

/** The shell waits for a command. */
export const PROMPT = /^\$$(?![^])/m;

/** An interactive shell on a terminal, as a user has it; `$B` there is the binary. */
export class Terminal implements AsyncDisposable {
  readonly #dir: string;

  private constructor(dir: string) {
    this.#dir = dir;
  }

  static async open(stage: Stage): Promise<Terminal> {
    const terminal = new Terminal(await Deno.makeTempDir());
    const shell = "PS1='$ ' exec bash --norc --noprofile";
    // The server that this leaves behind inherits the test's mark, and so does all that runs in it.
    const args = ["-f", "/dev/null", "new-session", "-d", "-x", "180", "-y", "200", shell];
    const server = stage.start("tmux", ["-S", terminal.#socket, ...args], {
      env: { B: BINARY, TMUX: "" },
    });
    await server.exited();
    await terminal.sees(PROMPT);
    return terminal;
  }

  get #socket(): string {
    return `${this.#dir}/socket`;
  }

  async #tmux(...args: string[]): Promise<string> {
    const { stdout } = await new Deno.Command("tmux", {
      args: ["-S", this.#socket, ...args],
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout);
  }

  /** Types a line and Enter. */
  async type(line: string): Promise<void> {
    await this.#tmux("send-keys", "-l", line);
    await this.press("Enter");
  }

  /** Presses a key: `C-c`, `C-z`, `C-d`, `Enter`. */
  async press(key: string): Promise<void> {
    await this.#tmux("send-keys", key);
  }

  async resize(columns: number): Promise<void> {
    await this.#tmux("resize-window", "-x", String(columns));
  }

  /** All that is on the screen, without the blanks at the ends. */
  async screen(): Promise<string> {
    return (await this.#tmux("capture-pane", "-p")).trimEnd();
  }

  /** Waits until `text` is on the screen. What was typed is there too: look for what it prints. */
  async sees(text: string | RegExp): Promise<void> {
    let screen = "";
    await waitFor(`${text} on the screen`, async () => {
      screen = await this.screen();
      return typeof text === "string" ? screen.includes(text) : text.test(screen);
    }).catch((error) => {
      throw new Error(`${error.message}:\n${screen.trimEnd()}`);
    });
  }

  /** Waits for the shell to be back, and for the status of what ran. */
  async status(code: number): Promise<void> {
    await this.sees(PROMPT);
    await this.type('echo "status: $?"');
    await this.sees(`\nstatus: ${code}\n`);
    await this.sees(PROMPT);
  }

  /** Closes the terminal: whoever is on it gets SIGHUP. */
  async close(): Promise<void> {
    await this.#tmux("kill-server");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    await Deno.remove(this.#dir, { recursive: true });
  }
}
