"""Asks the real program what its OpenAPI document promises, as schemathesis makes it up.

Usage: schemathesis.py BINARY [--full]. Starts the demonstration on a free port in a folder of its own, lets each of some
people make a token on the page, and runs schemathesis with it: each address is asked about by the first of them who may,
with the names of what is really there beside those that are made up. Ends with the lines `# pass N` and `# fail N`.
"""

import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

# People of the demonstration whose tokens see different parts of the API: who plans, who keeps the program, accounts,
# and the journal.
PEOPLE = ["guihua", "xitong", "anquan", "shenjiyuan"]

# Whose accounts are changed by nobody here: they ask.
KEPT = set(PEOPLE)

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


class Api:
    """The API with a token."""

    def __init__(self, address, secret):
        self.address, self.secret = address, secret

    def ask(self, path, body=None):
        """What is answered; an empty object where it is refused."""
        headers = {"Authorization": "Bearer " + self.secret, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + "/api/v1/" + path, data, headers)
        try:
            return json.loads(urllib.request.urlopen(request).read() or b"{}")
        except urllib.error.HTTPError:
            return {}

    def send(self, path, data):
        """Sends a file; one that is there already is refused, which is as good."""
        headers = {"Authorization": "Bearer " + self.secret, "Content-Type": "application/octet-stream"}
        try:
            urllib.request.urlopen(urllib.request.Request(self.address + "/api/v1/" + path, data, headers)).read()
        except urllib.error.HTTPError:
            pass

    def all(self, path, field):
        """That field of the first rows of a list."""
        return [row[field] for row in self.ask(path).get("items", []) if row.get(field) is not None]


def real(api):
    """Names of what is really there, by address and parameter, as this person sees them."""
    editions = [(plan["key"], one) for plan in api.ask("plans").get("items", []) for one in plan["editions"]]
    under_review = [found for found in editions if found[1]["stage"] == "in_review"]
    plan, edition = (under_review + editions + [("145", {"number": 1, "object": "edition_1"})])[0]
    number, edition = edition["number"], edition["object"]
    asked = f"limit=30&edition={number}"
    logins = [login for login in api.all("accounts?limit=200", "login") if login not in KEPT]
    posts = [post["id"] for login in logins[:1] for post in api.ask(f"accounts/{login}/posts").get("posts", [])]
    api.send(f"attachments/of/edition/{edition}?name=notes.txt", b"a note")
    files = [file["id"] for file in api.ask(f"attachments/of/edition/{edition}").get("files", [])]
    running = api.ask("operations")
    queues = [queue["kind"] for queue in running.get("queues", [])]
    timers = [timer["name"] for timer in running.get("timers", [])]
    entries = api.all("journal/entries?limit=20", "number")
    commitments = api.all(f"plans/{plan}/commitments?standing=proposed&{asked}", "number")
    values = {}
    for path in api.ask("openapi.json")["paths"]:
        found = values.setdefault(path, {})
        found["login"] = logins
        if path.startswith("/api/v1/plans/{key}"):
            found["key"], found["edition"] = [plan], [number]
        if "/commitments/" in path:
            found["number"] = commitments
        if "/doubts/" in path:
            found["number"] = api.all(f"plans/{plan}/doubts?{asked}", "number")
        if "/clauses/" in path:
            found["path"] = api.all(f"plans/{plan}/clauses?{asked}", "path")
        if path.startswith("/api/v1/public/"):
            found["key"] = api.all("public/plans", "key")
        if "/posts/{id}" in path:
            found["login"], found["id"] = logins[:1], posts
        if path.startswith("/api/v1/attachments/of/"):
            found["kind"], found["object"], found["name"] = ["edition"], [edition], ["a.txt", "b.csv"]
        elif path.startswith("/api/v1/attachments/"):
            found["id"] = files
        if path.startswith("/api/v1/journal/entries/"):
            found["id"], found["of"] = entries, ["before", "after"]
        if path.startswith("/api/v1/journal/history/"):
            found["kind"], found["object"] = ["edition", "account"], ["edition_1", "account_1"]
        if path.startswith("/api/v1/operations/jobs/"):
            states = ("done", "dead", "waiting")
            found["id"] = [id for state in states for id in api.all(f"operations/jobs?state={state}", "id")]
        if path.startswith("/api/v1/messages/"):
            found["id"] = api.all("messages", "id")
        if path.startswith("/api/v1/backups/"):
            found["name"] = [backup["name"] for backup in api.ask("backups").get("backups", [])]
        if path == "/api/v1/rights/why":
            found["login"], found["action"] = ["guihua"], ["plan.import", "plan.approve"]
        if "/queues/" in path:
            found["kind"] = queues
        if "/timers/" in path:
            found["name"] = timers
    return values


def fields(api):
    """What fits the fields of bodies, as this person sees it."""
    organisations, roles = api.all("organisations", "code"), [["planner"], ["liaison"], ["leader", "liaison"]]
    logins = [login for login in api.all("accounts?limit=200", "login") if login not in KEPT]
    people = {
        "PostToGive.organisation": organisations,
        "PostToGive.roles": roles,
        "PostToGive.from": [None],
        "PostToGive.until": [None, "2099-12-31"],
        "PostToGive.root": [None],
        "PostRoles.roles": roles,
        "PostRoles.root": [None],
        "Roles.roles": roles,
        "DeputyToAppoint.login": logins,
        "NewAccount.organisation": organisations,
        "AttachmentName.name": ["renamed.txt"],
    }
    return {name: values for name, values in people.items() if values}


def shares(apis):
    """The addresses that each person is asked about: the first who may do something there, else the first of all."""
    document, left = apis[PEOPLE[0]].ask("openapi.json"), {}
    for login in PEOPLE:
        may = set(apis[login].ask("me")["scope"])
        for path, item in document["paths"].items():
            if any(operation["x-action"] in may for operation in item.values()):
                left.setdefault(path, login)
    for path in document["paths"]:
        left.setdefault(path, PEOPLE[0])
    return {login: [path for path, owner in left.items() if owner == login] for login in PEOPLE}


def operations(api, paths):
    """Every `METHOD PATH` of these addresses."""
    document = api.ask("openapi.json")["paths"]
    return {f"{method.upper()} {path}" for path in paths for method in document[path]}


def run(program, folder, address, login, api, paths, full):
    """Lets one person ask; was everything kept, and what was met with 2xx?"""
    met, given = os.path.join(folder, "met"), os.path.join(folder, "real.json")
    open(met, "w").close()
    with open(given, "w") as file:
        json.dump({"paths": paths, "values": real(api), "fields": fields(api)}, file)
    command = [
        program,
        "run",
        address + "/api/v1/openapi.json",
        "--header",
        "Authorization: Bearer " + api.secret,
        "--checks",
        "all",
        "--max-examples",
        "200" if full else "4",
        "--generation-deterministic",
        "--request-timeout",
        "20",
        "--continue-on-failure",
        "--no-color",
    ]
    print(f"== schemathesis as {login}: {len(paths)} addresses", flush=True)
    hooks = os.path.join(os.path.dirname(os.path.abspath(__file__)), "machine")
    environment = dict(
        os.environ, SCHEMATHESIS_HOOKS="real", PYTHONPATH=hooks, GANGMU_REAL=given, GANGMU_MET=met
    )
    done = subprocess.run(command, cwd=folder, env=environment)
    with open(met) as file:
        return done.returncode == 0, set(file.read().splitlines())


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
            apis = {login: Api(address, token(address, login, password)) for login in PEOPLE}
            all_met, every = set(), set()
            for login, paths in shares(apis).items():
                kept, met = run(program, folder, address, login, apis[login], paths, full)
                passed += kept
                failed += not kept
                all_met |= met
                every |= operations(apis[login], paths)
        finally:
            server.kill()
            server.wait()
    print(f"met with 2xx: {len(all_met & every)} of {len(every)} operations; not:")
    for operation in sorted(every - all_met):
        print("  " + operation)
    print(f"# pass {passed}")
    print(f"# fail {failed}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
