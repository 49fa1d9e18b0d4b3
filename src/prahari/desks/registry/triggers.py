"""SQL that the first migration applies: derived columns of a camera that no writer can forget.

`registry_camera.row` is the part of a camera's list row that only changes when somebody edits something: JSON members
from a comma to the closing brace. Lists put the minute's state before it and pass the text on untouched, which is what
makes a page of 100 cameras cost a millisecond. When a department, class, premises, site, agency or jurisdiction is
renamed, the rows that show the name are written anew.
"""

from __future__ import annotations

_BEGINNING = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION registry_name(en text, hi text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{"en":' || to_json(en)::text || ',"hi":' || to_json(hi)::text || '}'
$$;

CREATE FUNCTION registry_coded(code text, en text, hi text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{"code":' || to_json(code)::text || ',"name":' || registry_name(en, hi) || '}'
$$;

CREATE FUNCTION registry_area(path text, en text, hi text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{"path":' || to_json(path)::text || ',"name":' || registry_name(en, hi) || '}'
$$;

"""

DERIVE = """
CREATE OR REPLACE FUNCTION registry_camera_derive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT j.path,
        ',"id":"' || NEW.id || '","reg_id":' || to_json(NEW.reg_id)::text
        || ',"name":' || registry_name(NEW.name_en, NEW.name_hi)
        || ',"recorded":' || (NEW.record_mode <> 'none')::text
        || ',"kind":"' || NEW.kind || '","placement":"' || NEW.placement || '"'
        || ',"owner_class":' || registry_coded(oc.code, oc.name_en, oc.name_hi)
        || ',"place_class":' || COALESCE(registry_coded(pc.code, pc.name_en, pc.name_hi), 'null')
        || ',"department":' || registry_coded(d.code, d.name_en, d.name_hi)
        || ',"agency":' || registry_coded(a.code, a.name_en, a.name_hi)
        || ',"jurisdiction":' || registry_area(j.path, j.name_en, j.name_hi)
        || ',"ward":' || COALESCE(registry_area(w.path, w.name_en, w.name_hi), 'null')
        || ',"premises":{"id":"' || p.id || '","name":' || registry_name(p.name_en, p.name_hi) || '}'
        || ',"site":'
        || COALESCE('{"id":"' || s.id || '","name":' || registry_name(s.name_en, s.name_hi) || '}', 'null')
        || ',"lat":' || to_json(NEW.lat)::text || ',"lon":' || to_json(NEW.lon)::text
        || ',"bearing_deg":' || COALESCE(NEW.bearing_deg::text, 'null')
        || ',"fov_deg":' || COALESCE(NEW.fov_deg::text, 'null') || '}'
    INTO NEW.jurisdiction_path, NEW.row
    FROM registry_premises p
    JOIN registry_ownerclass oc ON oc.id = NEW.owner_class_id
    JOIN registry_department d ON d.id = NEW.department_id
    JOIN accounts_agency a ON a.code = NEW.agency_id
    JOIN accounts_jurisdiction j ON j.id = NEW.jurisdiction_id
    LEFT JOIN registry_placeclass pc ON pc.id = NEW.place_class_id
    LEFT JOIN accounts_jurisdiction w ON w.id = NEW.ward_id
    LEFT JOIN registry_site s ON s.id = NEW.site_id
    WHERE p.id = NEW.premises_id;
    IF NOT FOUND THEN
        NEW.row := '';
    END IF;
    RETURN NEW;
END $$;
"""

_TRIGGER = """
CREATE TRIGGER registry_camera_derive BEFORE INSERT OR UPDATE ON registry_camera
FOR EACH ROW EXECUTE FUNCTION registry_camera_derive();
"""
FUNCTIONS = _BEGINNING + DERIVE + _TRIGGER
# A camera whose references do not exist gets no row here and is refused by its foreign keys at once afterwards.

_RENAMED = """
CREATE FUNCTION registry_renamed_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry_camera SET row = '' WHERE {where};
    RETURN NULL;
END $$;
CREATE TRIGGER registry_renamed AFTER UPDATE OF {columns} ON {table} FOR EACH ROW
WHEN ({when}) EXECUTE FUNCTION registry_renamed_{name}();
"""


def _renamed(name: str, table: str, columns: tuple[str, ...], where: str) -> str:
    when = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return _RENAMED.format(name=name, table=table, columns=", ".join(columns), where=where, when=when)


_NAMES = ("name_en", "name_hi")
RENAMES = "".join(
    [
        _renamed("ownerclass", "registry_ownerclass", (*_NAMES, "code"), "owner_class_id = NEW.id"),
        _renamed("placeclass", "registry_placeclass", (*_NAMES, "code"), "place_class_id = NEW.id"),
        _renamed("department", "registry_department", (*_NAMES, "code"), "department_id = NEW.id"),
        _renamed("premises", "registry_premises", _NAMES, "premises_id = NEW.id"),
        _renamed("site", "registry_site", _NAMES, "site_id = NEW.id"),
        _renamed("agency", "accounts_agency", _NAMES, "agency_id = NEW.code"),
        _renamed(
            "jurisdiction", "accounts_jurisdiction", (*_NAMES, "path"), "jurisdiction_id = NEW.id OR ward_id = NEW.id"
        ),
    ]
)

# registry_camera_map holds all that clusters need, so the map never reads the wide rows.
INDEXES = """
CREATE SEQUENCE registry_reg_id;
CREATE INDEX registry_camera_search ON registry_camera USING gin (search gin_trgm_ops);
CREATE INDEX registry_premises_search ON registry_premises USING gin (search gin_trgm_ops);
CREATE INDEX registry_camera_nearest ON registry_camera USING gist (point(lon, lat));
CREATE INDEX registry_camera_map ON registry_camera (lon, lat) INCLUDE (id, jurisdiction_path, agency_id)
    WHERE retired_ms IS NULL;
"""
