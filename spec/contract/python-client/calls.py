"""
Runs every call of every resource of the official Python client against a store.

    python3 calls.py <checkout of bigcommerce-api-python> <base URL> <store hash> <access token>

Prints a line of JSON for each call: {"call": "Brands.create", "error": null}. The calls and their bodies are in resources.json; that the
table names all that the classes of the client can do is a check of its own.
"""
import json
import os
import sys
import types

CLIENT, BASE, STORE, TOKEN = sys.argv[1:5]
sys.path.insert(0, CLIENT)
try:
    import jwt  # noqa: F401
except ImportError:
    # Only for signed payloads, which are not called here.
    sys.modules["jwt"] = types.ModuleType("jwt")
    sys.modules["jwt"].encode = sys.modules["jwt"].decode = None

from bigcommerce import connection as connections  # noqa: E402
from bigcommerce.api import BigcommerceApi  # noqa: E402
from bigcommerce.exception import ClientRequestException  # noqa: E402
from bigcommerce.resources import base  # noqa: E402

# The client speaks HTTPS only.
connections.OAuthConnection.full_path = lambda self, url: BASE + self.api_path.format(self.store_hash, url)

api = BigcommerceApi(client_id="client", store_hash=STORE, access_token=TOKEN)
TABLE = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "resources.json")))
CAPABILITIES = {
    "all": (base.ListableApiResource, base.ListableApiSubResource),
    "create": (base.CreateableApiResource, base.CreateableApiSubResource),
    "update": (base.UpdateableApiResource, base.UpdateableApiSubResource),
    "delete": (base.DeleteableApiResource, base.DeleteableApiSubResource),
    "delete_all": (base.CollectionDeleteableApiResource, base.CollectionDeleteableApiSubResource),
    "count": (base.CountableApiResource, base.CountableApiSubResource),
}


def report(call, work):
    """Runs a call; returns its result, or None if it failed."""
    try:
        result, error = work(), None
    except AssertionError as wrong:
        result, error = None, "wrong: %s" % wrong
    except Exception as failure:  # what the client raises, whatever it is
        result, error = None, "%s: %s" % (type(failure).__name__, str(failure)[:300])
    print(json.dumps({"call": call, "error": error}), flush=True)
    return result


def expect(condition, message):
    assert condition, message


def class_of(name):
    return getattr(sys.modules["bigcommerce.api"], name)


def check_table():
    """Every class of the client is in the table, with all that it can do."""
    classes = {
        name: each
        for name, each in vars(sys.modules["bigcommerce.api"]).items()
        if isinstance(each, type) and issubclass(each, base.ApiResource) and each.__module__ != base.__name__
    }
    names = {row["name"] for row in TABLE}
    expect(set(classes) == names, "classes that differ: %s" % sorted(set(classes) ^ names))
    for row in TABLE:
        own = {what for what, parts in CAPABILITIES.items() if issubclass(classes[row["name"]], parts)}
        if getattr(classes[row["name"]], "count_resource", None):
            own.add("count_all")
        expect(own == set(row["can"]), "%s can %s" % (row["name"], sorted(own ^ set(row["can"]))))


def resolved(value, parent):
    """A body in which what refers to a row has its key."""
    if isinstance(value, list):
        return [resolved(each, parent) for each in value]
    if not isinstance(value, dict):
        return value
    if "$first" in value:
        return api.connection.get(path_of(value["$first"], parent))[0][value["$name"]]
    if "$created" in value:
        return api.connection.create(path_of(value["$created"], parent), value["$body"])[value["$name"]]
    return {name: resolved(each, parent) for name, each in value.items()}


def path_of(path, parent):
    """A path in which what stands for a row has its key: `options/{"$first": ...}/values` as a list of its parts."""
    parts = path if isinstance(path, list) else [path]
    return "/".join(str(resolved(each, parent)) for each in parts).replace("{parent}", str(parent))


def rows_of(found):
    return found if isinstance(found, list) else []


class Resource:
    def __init__(self, row):
        self.row = row
        self.cls = getattr(api, row["name"])
        self.key = row.get("key", "id") if "parent" not in row else "id"
        self.above = ()
        self.parent = None

    def call(self, what):
        return "%s.%s" % (self.row["name"], what)

    def find_parent(self):
        """Takes the first parent that has such rows, or else the first one."""
        parents = rows_of(api.connection.get(self.row["parent"], limit=50))
        for parent in parents:
            if rows_of(api.connection.get("%s/%s/%s" % (self.row["parent"], parent["id"], self.row["path"]))):
                break
        else:
            parent = parents[0]
        self.parent = parent["id"]
        self.above = (self.parent,)

    def all(self):
        found = self.cls.all(*self.above)
        expect(self.row.get("isSingle") or (isinstance(found, list) and len(found) > 0), "no rows")
        return found

    def iterall(self):
        found = list(class_of(self.row["name"]).iterall(connection=api.connection))
        expect(len(found) > 0, "no rows")
        expect("count" not in self.row["can"] or len(found) == self.cls.count(), "%d rows are not the number that is counted" % len(found))

    def count(self):
        found = self.cls.count(*self.above)
        expect(isinstance(found, int) and found > 0, "a count of %r" % (found,))

    def create(self):
        body = resolved(self.row["create"], self.parent)
        made = self.cls.create(*self.above, **body)
        expect("id" in made, "no id")
        if self.above:
            expect(self.row["key"] not in made or made[self.row["key"]] == self.parent, "another parent")
        return made

    def get(self, record):
        found = self.cls.get(*self.above, self.key_of(record))
        expect(str(self.key_of(found)) == str(self.key_of(record)), "another row")
        return found

    def key_of(self, record):
        return record["product_id"] if self.row["path"] == "googleproductsearch" else record[self.key]

    def update(self, record):
        changed = record.update(**self.row["update"])
        for name, value in self.row["update"].items():
            same = changed[name] == value or (not isinstance(value, str) and float(changed[name]) == float(value))
            expect(same or float(changed[name]) == float(value), "%s is %r" % (name, changed[name]))

    def delete(self, record):
        record.delete()
        try:
            self.cls.get(*self.above, record["id"])
        except ClientRequestException as gone:
            expect(gone.status_code == 404, "status %s" % gone.status_code)
        else:
            expect(False, "still there")

    def delete_all(self):
        self.cls.delete_all(*self.above)
        expect(not rows_of(self.cls.all(*self.above)), "rows are left")

    def of_parent(self):
        """The method of the parent's record: `product.images()`, `product.images(1)`."""
        name = next(row["name"] for row in TABLE if row["path"] == self.row["parent"] and "parent" not in row)
        record = getattr(api, name).get(self.parent)
        return getattr(record, self.row["of"])

    def run(self):
        can = self.row["can"]
        if "parent" in self.row and report(self.call("parent"), self.find_parent) is None and self.parent is None:
            return
        found = report(self.call("all"), self.all)
        if not self.above and not self.row.get("isSingle"):
            report(self.call("iterall"), self.iterall)
        if "count" in can:
            report(self.call("count"), self.count)
        if "count_all" in can:
            report(self.call("count_all"), lambda: expect(self.cls.count() > 0, "no rows"))
        if self.above:
            report(self.call("of_parent"), lambda: expect(rows_of(self.of_parent()()), "no rows"))
        made = report(self.call("create"), self.create) if "create" in can else None
        if self.row.get("isSingle"):
            return
        record = made or (rows_of(found) or [None])[0]
        if record is None:
            return
        record = report(self.call("get"), lambda: self.get(record)) or record
        if self.above and self.row["of"] != "google_mappings":
            report(self.call("of_parent_one"), lambda: expect(str(self.of_parent()(record["id"])["id"]) == str(record["id"]), "another row"))
        if "update" in can:
            report(self.call("update"), lambda: self.update(record))
        if "delete" in can:
            report(self.call("delete"), lambda: self.delete(record))


report("table", check_table)
every = [Resource(row) for row in TABLE]
for each in every:
    each.run()
# What empties the store comes last, and children before their parents.
for each in sorted(every, key=lambda one: "parent" not in one.row):
    if "delete_all" in each.row["can"] and ("parent" not in each.row or each.parent is not None):
        report(each.call("delete_all"), each.delete_all)
