"""Watches by WHEP and sends on by WHIP with Firefox for a while; prints what it saw as a line of JSON.

Usage: firefox.py PAGE.JS WHEP-ADDRESS WHIP-ADDRESS SECONDS VP8|H264 none|first|second     the last: where the offers have their sound

It speaks Marionette. The script runs in the browser's own window: in pages, Firefox has no loopback address to offer.
"""

import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 120
SETTINGS = {
    "marionette.port": 0,
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.peerconnection.mtransport_process": False,
    "media.autoplay.default": 0,
    "media.gmp-manager.updateEnabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Marionette:
    """A connection to a Firefox: each message is its length, a colon and JSON."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=None)
        self.input = self.socket.makefile("rb")
        self.number = 0
        self.read()

    def read(self):
        length = b""
        while not length.endswith(b":"):
            length += self.input.read(1)
        return json.loads(self.input.read(int(length[:-1])))

    def call(self, command, **parameters):
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self.read()
        if error:
            sys.exit(f"{command}: {error['message']}")
        return result

    def run(self, script, *arguments):
        """The value of a script's promise."""
        script = f"const [...given] = arguments; const done = given.pop(); (async () => {{ {script} }})().then(done, (e) => done(`fault: ${{e}}`));"
        value = self.call("WebDriver:ExecuteAsyncScript", script=script, args=arguments)["value"]
        if str(value).startswith("fault: "):
            sys.exit(value)
        return value


def port(profile):
    """That which Firefox has written into its profile."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        written = profile / "MarionetteActivePort"
        if written.exists() and written.read_text().strip():
            return int(written.read_text())
        time.sleep(0.1)
    sys.exit("Firefox did not start")


def main(page, whep, whip, seconds, codec, sound):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = pathlib.Path(folder)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in SETTINGS.items())
        (profile / "user.js").write_text("\n".join(lines))
        command = ["firefox-esr", "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", folder]
        firefox = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            browser = Marionette(port(profile))
            browser.call("WebDriver:NewSession")
            browser.call("WebDriver:SetTimeouts", script=PATIENCE * 1000)
            browser.call("Marionette:SetContext", value="chrome")
            script = pathlib.Path(page).read_text()
            wishes = {"whep": whep, "whip": whip, "codec": codec, "sound": sound}
            browser.run(script + "window.seen = await relay(given[0]);", wishes)
            time.sleep(float(seconds))
            print(json.dumps(browser.run(script + "return finish(window.seen);")), flush=True)
        finally:
            firefox.terminate()
            firefox.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
