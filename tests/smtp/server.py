"""A mail server for the tests: it says its port, then each letter that it took as a line of JSON.

Who is written to decides: `refuse@` is unknown here, `panne@` breaks after the text, `plus-tard@` must wait.
"""

import asyncio
import json
import sys

from aiosmtpd.smtp import SMTP


class Letters:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse@"):
            return "550 5.1.1 nobody of that name here"
        if address.startswith("plus-tard@"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("panne@") for address in envelope.rcpt_tos):
            return "554 5.3.0 not today"
        letter = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "text": envelope.original_content.decode("ascii", "backslashreplace"),
        }
        print(json.dumps(letter), flush=True)
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Letters()), "127.0.0.1", 0)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    # The tests hold the other end: when they are gone, so is this.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
