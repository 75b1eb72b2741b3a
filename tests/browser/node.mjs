// A node for one test file: the real program on a folder and a port of its own.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.TERREAU ?? "terreau";

/** The starter commons. */
export const starter = join(import.meta.dirname, "../../content");

/**
 * Starts the program on the starter commons, or on another, and waits until it listens.
 * @param {{ content?: string, env?: Record<string, string> }} [how]
 * @returns {Promise<Node>}
 */
export async function startNode({ content, env } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "terreau-browser-"));
  const data = join(folder, "data");
  const from = content === undefined ? [] : ["--content", content];
  const child = spawn(program, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...from], {
    env: { ...process.env, ...env, LANG: "fr_FR.UTF-8", LC_ALL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const node = new Node(folder, data, child);
  const line = await node.lineWith("Terreau écoute sur ");
  node.url = line.split(" ").at(-1) ?? "";
  await node.ready();
  return node;
}

/** A running node. */
export class Node {
  /**
   * @param {string} folder
   * @param {string} data
   * @param {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} child
   */
  constructor(folder, data, child) {
    this.folder = folder;
    this.data = data;
    this.child = child;
    this.url = "";
    this.output = "";
    /** @type {(() => void)[]} */
    this.waiting = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        this.output += text;
        for (const wake of this.waiting.splice(0)) wake();
      });
    }
    child.on("exit", () => {
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** Waits until search and history show what is published. */
  async ready() {
    while ((await fetch(`${this.url}/readyz`)).status !== 200) {
      if (this.child.exitCode !== null) throw new Error(`the node ended before it was ready:\n${this.output}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /**
   * Waits for a line of output that contains `part`.
   * @param {string} part
   * @returns {Promise<string>}
   */
  async lineWith(part) {
    for (;;) {
      const lines = this.output.split("\n");
      const complete = lines.slice(0, -1);
      const found = complete.findLast((line) => line.includes(part));
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) throw new Error(`the node ended before it wrote “${part}”:\n${this.output}`);
      await new Promise((wake) => this.waiting.push(() => wake(undefined)));
    }
  }

  /**
   * Runs a command of the program on the node's data folder.
   * @param {...string} words
   */
  run(...words) {
    const done = spawnSync(program, [...words, "--data", this.data], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`${words.join(" ")}: ${done.stderr}`);
    return done.stdout.trim();
  }

  /** Ends the node and removes its folder. */
  async stop() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
