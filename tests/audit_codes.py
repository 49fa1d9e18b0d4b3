"""Every action code and object type that the product can write to the audit, read from its source.

`action(NAME, ...)` and `act.about(TYPE, ...)` are found in the syntax trees of src/prahari; a NAME that is not written
out is followed: to a constant, both sides of a condition, an f-string's parts, the fields of a form (`Literal`, an
enum), the argument that callers pass. What cannot be followed is in `unfollowed`, for a test to refuse.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
NEVER = {"engines", "eventlog", "simcity", "migrations"}
"""May not import the desks, which the linter holds: they write nothing to the audit."""
ACTION = "prahari.desks.common.action.action"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """names: what stands at the module's top. imported: local name -> full name. calls: (call, functions around it)."""

    name: str
    path: Path
    names: dict[str, ast.AST] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[ast.Call, tuple[Function, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where an expression stands."""

    module: str
    around: tuple[Function, ...]


class Unfollowed(Exception):
    """An expression whose values this reader does not find."""


class Source:
    """codes, types: value -> "file:line" of each place that writes it. unfollowed: "file expression"."""

    def __init__(self, folder: Path = SOURCE) -> None:
        self.codes: dict[str, set[str]] = {}
        self.types: dict[str, set[str]] = {}
        self.unfollowed: set[str] = set()
        self._folder = folder
        files = (path for path in sorted(folder.rglob("*.py")) if not NEVER & set(path.parts))
        self._modules = {module.name: module for module in map(self._read, files)}
        self._callers: dict[str, list[tuple[ast.Call, Place]]] = {}
        for module in self._modules.values():
            for call, around in module.calls:
                if called := self._full_name(module, call.func):
                    self._callers.setdefault(called, []).append((call, Place(module.name, around)))
        for call, place in self._callers.get(ACTION, []):
            self._collect(self.codes, call, place)
        for module in self._modules.values():
            for call, around in module.calls:
                if isinstance(call.func, ast.Attribute) and call.func.attr == "about" and self._is_act(call.func.value):
                    self._collect(self.types, call, Place(module.name, around))

    @staticmethod
    def _is_act(owner: ast.expr) -> bool:
        """Actions are called `act` everywhere; modules and other things with an `about` of their own are not."""
        return isinstance(owner, ast.Name) and owner.id == "act"

    def _collect(self, found: dict[str, set[str]], call: ast.Call, place: Place) -> None:
        path = self._modules[place.module].path.relative_to(self._folder / "prahari")
        try:
            for value in self._values(call.args[0], place):
                found.setdefault(value, set()).add(f"{path}:{call.lineno}")
        except Unfollowed:
            self.unfollowed.add(f"{path} {ast.unparse(call.args[0])}")

    # -- reading ------------------------------------------------------------------------------------------------

    def _read(self, path: Path) -> Module:
        parts = path.relative_to(self._folder).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = Module(".".join(parts[:-1] if is_package else parts), path)
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                for one in node.names:
                    module.imported[one.asname or one.name] = f"{node.module}.{one.name}"
        for statement in tree.body:
            module.names.update(_named(statement))
        _walk(tree, (), module.calls)
        return module

    def _full_name(self, module: Module, node: ast.AST) -> str | None:
        """Of a name or a dotted name, through imports and packages that pass names on."""
        if isinstance(node, ast.Name):
            if node.id in module.names:
                return f"{module.name}.{node.id}"
            return self._passed_on(module.imported[node.id]) if node.id in module.imported else None
        if isinstance(node, ast.Attribute):
            owner = self._full_name(module, node.value)
            return self._passed_on(f"{owner}.{node.attr}") if owner else None
        return None

    def _passed_on(self, name: str) -> str:
        owner, _, last = name.rpartition(".")
        module = self._modules.get(owner)
        if module and last not in module.names and last in module.imported and module.imported[last] != name:
            return self._passed_on(module.imported[last])
        return name

    def _definition(self, name: str) -> tuple[Module, ast.AST] | None:
        owner, _, last = name.rpartition(".")
        module = self._modules.get(owner)
        return (module, module.names[last]) if module and last in module.names else None

    # -- following ----------------------------------------------------------------------------------------------

    def _values(self, node: ast.AST, place: Place) -> set[str]:
        match node:
            case ast.Constant(value=str(value)):
                return {value}
            case ast.IfExp(body=body, orelse=orelse):
                return self._values(body, place) | self._values(orelse, place)
            case ast.JoinedStr(values=parts):
                each = [
                    self._values(part.value if isinstance(part, ast.FormattedValue) else part, place) for part in parts
                ]
                return {"".join(chosen) for chosen in itertools.product(*each)}
            case ast.Call(func=ast.Name(), args=[inner, *_]):  # TaskState(form.state), str(...)
                return self._values(inner, place)
            case ast.Name(id=name):
                return self._of_name(name, place)
            case ast.Attribute(value=ast.Name(id=owner), attr=attribute):
                return self._of_attribute(node, owner, attribute, place)
        raise Unfollowed

    def _of_name(self, name: str, place: Place) -> set[str]:
        for depth in range(len(place.around) - 1, -1, -1):
            function = place.around[depth]
            inside = Place(place.module, place.around[: depth + 1])
            given = [one for one in ast.walk(function) if isinstance(one, ast.Assign) and _assigns(one, name)]
            if given:
                return set().union(*(self._values(one.value, inside) for one in given))
            arguments = function.args
            if name in [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]:
                return self._passed(function, name, Place(place.module, place.around[:depth]))
        full = self._full_name(self._modules[place.module], ast.Name(name))
        found = self._definition(full) if full else None
        if found and isinstance(found[1], ast.expr):
            return self._values(found[1], Place(found[0].name, ()))
        raise Unfollowed

    def _of_attribute(self, node: ast.Attribute, owner: str, attribute: str, place: Place) -> set[str]:
        """module.NAME, Enum.MEMBER, or a field of a form that the function is given."""
        module = self._modules[place.module]
        for function in reversed(place.around):
            for argument in (*function.args.args, *function.args.kwonlyargs):
                if argument.arg == owner and argument.annotation is not None:
                    return self._of_field(argument.annotation, attribute, module)
        full = self._full_name(module, node)
        found = self._definition(full) if full else None
        if found and isinstance(found[1], ast.expr):
            return self._values(found[1], Place(found[0].name, ()))
        cls = self._class(node.value, module)
        if cls and attribute in (members := _members(cls[1])):
            return {members[attribute]}
        raise Unfollowed

    def _passed(self, function: Function, name: str, outside: Place) -> set[str]:
        """What callers of the function pass as `name`; what its type allows where a caller cannot be followed."""
        is_method = bool(outside.around)
        calls = self._callers.get(f"{outside.module}.{function.name}", []) if not is_method else []
        positions = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        values: set[str] = set()
        try:
            for call, place in calls:
                given = next((one.value for one in call.keywords if one.arg == name), None)
                if given is None and name in positions and positions.index(name) < len(call.args):
                    given = call.args[positions.index(name)]
                if given is None:
                    given = _default(function, name)
                if given is None:
                    raise Unfollowed
                values |= self._values(given, place)
            if not calls:
                raise Unfollowed
        except Unfollowed:
            annotation = next(
                one.annotation for one in (*function.args.args, *function.args.kwonlyargs) if one.arg == name
            )
            return self._allowed(annotation, self._modules[outside.module])
        return values

    def _of_field(self, annotation: ast.AST, attribute: str, module: Module) -> set[str]:
        cls = self._class(annotation, module)
        for statement in cls[1].body if cls else ():
            if isinstance(statement, ast.AnnAssign) and _assigned(statement) == attribute and cls:
                return self._allowed(statement.annotation, cls[0])
        raise Unfollowed

    def _allowed(self, annotation: ast.AST | None, module: Module) -> set[str]:
        """Values that a type allows: of a Literal, an enum, or a name for one of these."""
        match annotation:
            case ast.Subscript(value=ast.Name(id="Literal"), slice=inside):
                each = inside.elts if isinstance(inside, ast.Tuple) else [inside]
                return set().union(*(self._values(one, Place(module.name, ())) for one in each))
            case ast.Name() | ast.Attribute():
                if (cls := self._class(annotation, module)) and (members := _members(cls[1])):
                    return set(members.values())
                full = self._full_name(module, annotation)
                found = self._definition(full) if full else None
                if found and isinstance(found[1], ast.Subscript):
                    return self._allowed(found[1], found[0])
        raise Unfollowed

    def _class(self, node: ast.AST, module: Module) -> tuple[Module, ast.ClassDef] | None:
        full = self._full_name(module, node)
        found = self._definition(full) if full else None
        return (found[0], found[1]) if found and isinstance(found[1], ast.ClassDef) else None


def _walk(node: ast.AST, around: tuple[Function, ...], calls: list[tuple[ast.Call, tuple[Function, ...]]]) -> None:
    for child in ast.iter_child_nodes(node):
        inside = (*around, child) if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else around
        if isinstance(child, ast.Call):
            calls.append((child, around))
        _walk(child, inside, calls)


def _named(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name, statement
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def _assigns(statement: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in statement.targets)


def _assigned(statement: ast.AnnAssign) -> str:
    return statement.target.id if isinstance(statement.target, ast.Name) else ""


def _members(cls: ast.ClassDef) -> dict[str, str]:
    """Of an enum or choices: name -> value, which may stand first of a tuple with its words."""
    members = {}
    for statement in cls.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            value = statement.value
            first = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                members[statement.targets[0].id] = first.value
    return members


def _default(function: Function, name: str) -> ast.expr | None:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    for one, default in zip(reversed(positional), reversed(arguments.defaults), strict=False):
        if one.arg == name:
            return default
    for one, given in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if one.arg == name:
            return given
    return None
