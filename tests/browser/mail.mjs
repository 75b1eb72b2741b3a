// A real mail server for one test file: PyPI's `aiosmtpd`, as the tests in Rust start it.

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const folder = join(import.meta.dirname, "../smtp");

/**
 * Starts it, installing its package the first time; says loudly when that is not possible, and returns nothing then.
 * @returns {Promise<MailServer | undefined>}
 */
export async function startMail() {
  const python = install();
  if (python === undefined) {
    console.error("SKIPPED: letters through a real mail server: python3 with venv, or aiosmtpd, not found");
    return undefined;
  }
  const child = spawn(python, [join(folder, "server.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const server = new MailServer(child);
  const first = await server.line((line) => line.startsWith("port "));
  server.env = {
    TERREAU__SITE__SMTP__URL: `smtp://127.0.0.1:${first.slice(5)}`,
    TERREAU__SITE__SMTP__FROM: "Le commun <bonjour@example.org>",
    TERREAU__SITE__NOTICES_EVERY_S: "1",
  };
  return server;
}

/** Returns a Python with the package, beside what the tests in Rust made. */
function install() {
  const target = join(dirname(process.env.TERREAU ?? ""), "..");
  const home = join(target, "tests-smtp");
  const python = join(home, "bin/python");
  const isReady = () => existsSync(python) && spawnSync(python, ["-c", "import aiosmtpd"]).status === 0;
  if (isReady()) return python;
  if (spawnSync("python3", ["-m", "venv", home]).status !== 0) return undefined;
  spawnSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", join(folder, "requirements.txt")]);
  return isReady() ? python : undefined;
}

/** A running mail server. */
export class MailServer {
  /** @param {import("node:child_process").ChildProcessByStdio<import("node:stream").Writable, import("node:stream").Readable, null>} child */
  constructor(child) {
    this.child = child;
    /** @type {Record<string, string>} */
    this.env = {};
    /** @type {string[]} */
    this.lines = [];
    /** @type {(() => void)[]} */
    this.waiting = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.lines.push(line);
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /**
   * Waits for the last line that fits.
   * @param {(line: string) => boolean} fits
   * @returns {Promise<string>}
   */
  async line(fits) {
    for (;;) {
      const found = this.lines.findLast(fits);
      if (found !== undefined) return found;
      await new Promise((wake) => this.waiting.push(() => wake(undefined)));
    }
  }

  /**
   * Waits for a letter to somebody that says something, and returns its text.
   * @param {string} to
   * @param {string} part
   */
  async letter(to, part) {
    const line = await this.line((line) => {
      if (!line.startsWith("{")) return false;
      const letter = JSON.parse(line);
      return letter.to.includes(to) && read(letter.text).includes(part);
    });
    return read(JSON.parse(line).text);
  }

  /** Ends it. */
  stop() {
    this.child.stdin.end();
  }
}

/** Reads the body of a letter as it came over the wire. @param {string} wire */
function read(wire) {
  const [, ...body] = wire.split("\r\n\r\n");
  const bytes = body
    .join("\r\n\r\n")
    .replaceAll("=\r\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
