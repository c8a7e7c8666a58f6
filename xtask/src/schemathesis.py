"""Asks the real program what its OpenAPI document promises, as schemathesis makes it up.

Usage: schemathesis.py BINARY [--full]. Starts the demonstration on a free port in a folder of its own, lets each of some
people make a token on the page, and runs schemathesis with it. Ends with the lines `# pass N` and `# fail N`.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

# People of the demonstration whose tokens see different parts of the API: who plans, who keeps the program and accounts.
PEOPLE = ["guihua", "xitong", "anquan"]

# What fits the document may still be refused by the rules (409, 422) or come too late (412); that is no error.
CONFIGURATION = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "304", "401", "403", "404", "409", "412", "422"]
missing_required_header.expected-statuses = ["4xx"]
"""


def start(binary, folder):
    """The server, its address, and what it said."""
    environment = dict(
        os.environ,
        GANGMU_DATA=folder,
        GANGMU_LISTEN="127.0.0.1:0",
        GANGMU_LANGUAGE="en",
        GANGMU_LOG_FILTER="error",
        GANGMU_API_TOKEN_QUOTA="1000000",
        GANGMU_API_PERSON_QUOTA="1000000",
        GANGMU_API_ADDRESS_QUOTA="1000000",
    )
    server = subprocess.Popen([binary, "demo"], env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    lines = []
    for line in server.stdout:
        lines.append(line)
        found = re.search(r"http://[0-9.]+:[0-9]+", line)
        if found:
            return server, found.group(0), "".join(lines)
    raise SystemExit("the demonstration did not start: " + "".join(lines))


def token(address, login, password):
    """A token for all that this person may, made on the page as a person makes it."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)

    def secret(page):
        return re.search(r'name="csrf" value="([0-9a-f]+)"', browser.open(address + page).read().decode()).group(1)

    def submit(page, action, fields):
        form = urllib.parse.urlencode(dict(fields, csrf=secret(page))).encode()
        return browser.open(address + action, form).read().decode()

    submit("/login", "/login", {"name": login, "password": password, "next": ""})
    page = "/account/tokens"
    made = submit(page, page, {"name": "schemathesis", "scope": "all", "days": "30"})
    return re.search(r"gangmu_[0-9a-f]{64}", made).group(0)


def main():
    binary, full = sys.argv[1], "--full" in sys.argv
    program = os.path.join(os.path.dirname(sys.executable), "st")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "schemathesis.toml"), "w") as file:
            file.write(CONFIGURATION)
        server, address, said = start(binary, folder)
        try:
            password = re.search(r"all with the password (.*)\):", said).group(1)
            for login in PEOPLE:
                command = [
                    program,
                    "run",
                    address + "/api/v1/openapi.json",
                    "--header",
                    "Authorization: Bearer " + token(address, login, password),
                    "--checks",
                    "all",
                    "--max-examples",
                    "200" if full else "8",
                    "--generation-deterministic",
                    "--request-timeout",
                    "20",
                    "--continue-on-failure",
                    "--no-color",
                ]
                print(f"== schemathesis as {login}", flush=True)
                done = subprocess.run(command, cwd=folder, env=dict(os.environ, SCHEMATHESIS_HOOKS=""))
                passed += done.returncode == 0
                failed += done.returncode != 0
        finally:
            server.kill()
            server.wait()
    print(f"# pass {passed}")
    print(f"# fail {failed}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
